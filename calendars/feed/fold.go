package feed

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// longest is the octets that a line may have without its end (RFC 5545, 3.1).
const longest = 75

// fold writes CRLF lines, none longer than 75 octets: longer ones go on in the
// next line behind a space, and no character is cut in two. go-ical does not
// fold, and there are clients that drop a whole feed for it.
func fold(w io.Writer, lines []byte) error {
	var folded bytes.Buffer
	for line := range bytes.SplitSeq(bytes.TrimSuffix(lines, []byte("\r\n")), []byte("\r\n")) {
		room := longest
		for len(line) > room {
			cut := room
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			folded.Write(line[:cut])
			folded.WriteString("\r\n ")
			line, room = line[cut:], longest-1
		}
		folded.Write(line)
		folded.WriteString("\r\n")
	}
	_, err := w.Write(folded.Bytes())
	return err
}
