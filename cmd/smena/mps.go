package main

import (
	"bytes"
	"fmt"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// writeMPS writes a problem as a mixed-integer program, if there is a path.
func writeMPS(path string, p roster.Problem) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	if err := solve.WriteMPS(&b, p); err != nil {
		return fmt.Errorf("--mps: %w", err)
	}
	return writeTo("mps", path, b.Bytes())
}
