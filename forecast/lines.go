package forecast

import (
	"bufio"
	"errors"
	"io"
)

// maxLine is the longest line of a history file, in bytes. Line ends between
// quotes do not end it, as they do not end a row.
const maxLine = 64 << 10

var errLongLine = errors.New("line too long")

// shortLines passes a text on and fails at a line longer than maxLine, before
// anything buffers it whole.
type shortLines struct {
	from   *bufio.Reader
	length int  // of the line under way
	quoted bool // inside quotes
	failed bool
}

// Read implements io.Reader. Lines before the one that is too long are passed on.
func (l *shortLines) Read(p []byte) (int, error) {
	if l.failed {
		return 0, errLongLine
	}
	n, err := l.from.Read(p)
	whole := 0
	for i, b := range p[:n] {
		l.length++
		switch {
		case b == '"':
			l.quoted = !l.quoted
		case b == '\n' && !l.quoted:
			l.length, whole = 0, i+1
		}
		if l.length > maxLine {
			l.failed = true
			return whole, nil
		}
	}
	return n, err
}

// withoutMark returns the reader behind a UTF-8 byte order mark, if there is one.
func withoutMark(r io.Reader) *bufio.Reader {
	const mark = "\uFEFF"
	buffered := bufio.NewReaderSize(r, maxLine)
	if head, _ := buffered.Peek(len(mark)); string(head) == mark {
		_, _ = buffered.Discard(len(mark)) // peeked, so it is there
	}
	return buffered
}
