// Package notify delivers short messages to people through channels: mail by
// SMTP, and the log where nothing else is set up. Its one idea is that a
// failure says what to do next: one that Is ErrPermanent will fail again, any
// other may be tried again, with the same message ID so that a mailbox can
// tell a repetition (RFC 5322 section 3.6.4). No error and no log line of it
// holds a password or a mail address, and no text that a server chose.
package notify

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
)

// ErrPermanent says that the message was refused for good: the same message
// to the same address will be refused again.
var ErrPermanent = errors.New("refused for good")

// Message is a text for one person.
type Message struct {
	To      string // mail address
	Subject string // one line; line breaks and other control characters become spaces
	Text    string // plain text
	ID      string // Message-ID without its angle brackets: the same for every attempt
}

// Channel sends messages.
type Channel interface {
	// Send returns nil once the message is accepted. An error that is not
	// ErrPermanent leaves open whether it was.
	Send(ctx context.Context, m Message) error
}

// address reads the one mail address that a text holds. The error does not repeat it.
func address(text string) (*mail.Address, error) {
	a, err := mail.ParseAddress(text)
	if err != nil || strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsFunc(a.Name+a.Address, unicode.IsControl) {
		return nil, errors.New("not one mail address: expected a form such as roster@example.org")
	}
	return a, nil
}

// checkID refuses what could not stand in a Message-ID header.
func checkID(id string) error {
	left, right, _ := strings.Cut(id, "@")
	odd := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>@", r) }
	if left == "" || right == "" || strings.ContainsFunc(left+right, odd) {
		return fmt.Errorf("message ID %q: expected a form such as 1f00@host", id)
	}
	return nil
}

// oneLine turns control characters into spaces.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' { // line and paragraph separator
			return ' '
		}
		return r
	}, s)
}
