package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net"
	netmail "net/mail"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What must never be seen in errors and logs.
const (
	sentinelUser     = "sentinel-user"
	sentinelPassword = "sentinel-p%%40ss" // in a format: sentinel-p@ss
	sentinelFrom     = "sentinel-from@example.org"
	sentinelTo       = "sentinel-to@example.org"
)

func secretFree(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(strings.ToLower(text), "sentinel") {
		t.Errorf("a secret is told: %s", text)
	}
}

func message() Message {
	return Message{To: sentinelTo, Subject: "Your shift starts", Text: "Hello Анна,\n.\nsee you\n", ID: "1f00@installation"}
}

// to returns a channel to the server, on loopback or as if it were elsewhere.
func (s *server) to(t *testing.T, format string) *SMTP {
	t.Helper()
	_, port, _ := net.SplitHostPort(s.address)
	channel, err := NewSMTP(fmt.Sprintf(format, port) + "?from=" + url.QueryEscape("Смена <"+sentinelFrom+">"))
	if err != nil {
		t.Fatal(err)
	}
	channel.tls.RootCAs = s.roots
	channel.dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, s.address)
	}
	return channel
}

const (
	onLoopback = "smtp://" + sentinelUser + ":" + sentinelPassword + "@127.0.0.1:%s"
	elsewhere  = "smtp://" + sentinelUser + ":" + sentinelPassword + "@mail.test:%s"
	implicit   = "smtps://" + sentinelUser + ":" + sentinelPassword + "@mail.test:%s"
	noLogin    = "smtp://127.0.0.1:%s"
)

func TestDelivery(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, url string
		server    *server
		secured   bool
		login     bool
	}{
		{"loopback, no login", noLogin, &server{startTLS: true}, false, false},
		{"loopback, login in the clear", onLoopback, &server{auth: "PLAIN"}, false, true},
		{"STARTTLS", elsewhere, &server{startTLS: true, auth: "PLAIN LOGIN"}, true, true},
		{"implicit TLS", implicit, &server{implicit: true, auth: "PLAIN"}, true, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, c.server)
			if err := s.to(t, c.url).Send(t.Context(), message()); err != nil {
				t.Fatal(err)
			}
			commands, letters := s.said()
			if s.secured != c.secured || strings.Contains(commands, "AUTH PLAIN") != c.login {
				t.Errorf("TLS %v, said:\n%s", s.secured, commands)
			}
			if !strings.Contains(commands, "MAIL FROM:<"+sentinelFrom+">") || !strings.Contains(commands, "RCPT TO:<"+sentinelTo+">") {
				t.Errorf("said:\n%s", commands)
			}
			if len(letters) != 1 {
				t.Fatalf("%d letters", len(letters))
			}
			checkLetter(t, letters[0])
		})
	}
}

func checkLetter(t *testing.T, letter string) {
	t.Helper()
	got, err := netmail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"Message-Id": "<1f00@installation>", "Subject": "Your shift starts", "To": "<" + sentinelTo + ">",
		"Auto-Submitted": "auto-generated", "Content-Type": "text/plain; charset=UTF-8", "User-Agent": "",
	} {
		if diff := cmp.Diff(want, got.Header.Get(header)); diff != "" {
			t.Errorf("%s: %s", header, diff)
		}
	}
	if from, err := got.Header.AddressList("From"); err != nil || from[0].Name != "Смена" || from[0].Address != sentinelFrom {
		t.Errorf("from %v, %v", from, err)
	}
	if !strings.Contains(letter, "\n.\n") || !strings.Contains(letter, "see you") {
		t.Errorf("the text is cut: %q", letter)
	}
}

// The password stays here where it would go out in the clear.
func TestNoPasswordInTheClear(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{auth: "PLAIN LOGIN"})
	err := s.to(t, elsewhere).Send(t.Context(), message())
	if commands, _ := s.said(); err == nil || strings.Contains(commands, "AUTH") {
		t.Errorf("%v; said:\n%s", err, commands)
	}
}

// A certificate that is not trusted ends the session; there is no way back to the clear.
func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	for url, s := range map[string]*server{elsewhere: {startTLS: true, auth: "PLAIN"}, implicit: {implicit: true, auth: "PLAIN"}} {
		channel := serve(t, s).to(t, url)
		channel.tls.RootCAs = nil
		err := channel.Send(t.Context(), message())
		if commands, letters := s.said(); err == nil || errors.Is(err, ErrPermanent) || len(letters) > 0 || strings.Contains(commands, "AUTH") {
			t.Errorf("%v; said:\n%s", err, commands)
		}
	}
}

// Every answer that can go wrong, each with the secrets in its text (R14, R16
// of the reminders' acceptance).
func TestRefusals(t *testing.T) {
	t.Parallel()
	secret := " " + sentinelTo + " " + sentinelFrom + " " + sentinelUser + " sentinel-p@ss"
	cases := []struct {
		verb, answer string
		permanent    bool
		want         string
	}{
		{"", "554 5.7.1" + secret, false, "answered 554"},
		{"", "-", false, "no session"},
		{"EHLO", "421 4.3.0" + secret, false, "no session"},
		{"AUTH", "535 5.7.8" + secret, false, "answered 535"},
		{"AUTH", "454 4.7.0" + secret, false, "answered 454"},
		{"MAIL", "550 5.7.1" + secret, true, "answered 550 (5.7.1) to the sender"},
		{"MAIL", "530 5.7.0" + secret, false, "answered 530 (5.7.0) to the sender"},
		{"MAIL", "451 4.3.0" + secret, false, "answered 451 (4.3.0) to the sender"},
		{"RCPT", "550 5.1.1" + secret, true, "answered 550 (5.1.1) to the recipient"},
		{"RCPT", "550" + secret, true, "answered 550 to the recipient"},
		{"RCPT", "450 4.2.1" + secret, false, "answered 450 (4.2.1) to the recipient"},
		{"RCPT", "-", false, "connection broke"},
		{"DATA", "554 5.5.1" + secret, true, "answered 554 (5.5.1) to the message"},
		{".", "552 5.2.2" + secret, true, "answered 552 (5.2.2) to the message"},
		{".", "452 4.2.2" + secret, false, "answered 452 (4.2.2) to the message"},
		{".", "-", false, "connection broke"},
	}
	for _, c := range cases {
		t.Run(c.verb+" "+c.answer[:min(3, len(c.answer))], func(t *testing.T) {
			t.Parallel()
			s := serve(t, &server{auth: "PLAIN", answers: map[string]string{c.verb: c.answer}})
			err := s.to(t, onLoopback).Send(t.Context(), message())
			if err == nil || errors.Is(err, ErrPermanent) != c.permanent || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v: want %q, permanent %v", err, c.want, c.permanent)
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				secretFree(t, fmt.Sprintf("%v %+v", e, e))
			}
		})
	}
}

// Accepted is accepted, however the session ends: it must not be sent again.
func TestAcceptedThenBroken(t *testing.T) {
	t.Parallel()
	for _, goodbye := range []string{"-", "421 4.3.0 closing"} {
		s := serve(t, &server{answers: map[string]string{"QUIT": goodbye, "RSET": goodbye}})
		if err := s.to(t, noLogin).Send(t.Context(), message()); err != nil {
			t.Errorf("goodbye %q: %v", goodbye, err)
		}
	}
}

// A server that falls silent holds nobody beyond the context.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."} {
		s := serve(t, &server{auth: "PLAIN", answers: map[string]string{verb: "..."}})
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-s.heard; cancel() }()
		if err := s.to(t, onLoopback).Send(ctx, message()); !errors.Is(err, context.Canceled) || errors.Is(err, ErrPermanent) {
			t.Errorf("silent at %q: %v", verb, err)
		}
		cancel()
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{address: listener.Addr().String()}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	err = s.to(t, onLoopback).Send(t.Context(), message())
	if err == nil || errors.Is(err, ErrPermanent) {
		t.Fatal(err)
	}
	secretFree(t, err.Error())
}

// R19: line breaks in what people typed stay out of the headers.
func TestHeaderInjection(t *testing.T) {
	t.Parallel()
	const injected = "Bcc: thief@example.org"
	for _, brk := range []string{"\r\n", "\n", "\r", "\r\n\r\n", "\x00\n", "\u2028", "\u0085"} {
		s := serve(t, &server{})
		m := message()
		m.Subject = "Смена" + brk + injected
		if err := s.to(t, noLogin).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		_, letters := s.said()
		got, err := netmail.ReadMessage(strings.NewReader(letters[0]))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		if want := "Смена" + strings.Repeat(" ", len([]rune(brk))) + injected; err != nil || subject != want || got.Header.Get("Bcc") != "" {
			t.Errorf("%q: subject %q, %v, Bcc %q", brk, subject, err, got.Header.Get("Bcc"))
		}
		for _, bad := range []Message{
			{To: "sentinel@example.org" + brk + injected, ID: m.ID}, {To: brk + sentinelTo, ID: m.ID},
			{To: "\"sentinel" + brk + "\" <" + sentinelTo + ">", ID: m.ID}, {To: sentinelTo, ID: m.ID + brk + injected},
		} {
			if err := s.to(t, noLogin).Send(t.Context(), bad); !errors.Is(err, ErrPermanent) && brk != "\u2028" {
				t.Errorf("%q: %v", bad, err)
			} else if err != nil {
				secretFree(t, err.Error())
			}
		}
	}
}

func TestBadMessages(t *testing.T) {
	t.Parallel()
	channel := serve(t, &server{}).to(t, noLogin)
	for _, m := range []Message{
		{To: "", ID: "a@b"}, {To: "sentinel", ID: "a@b"}, {To: "sentinel@a.org, sentinel@b.org", ID: "a@b"},
		{To: sentinelTo}, {To: sentinelTo, ID: "a"}, {To: sentinelTo, ID: "@b"}, {To: sentinelTo, ID: "a@b@c"}, {To: sentinelTo, ID: "<a@b>"}, {To: sentinelTo, ID: "a @b"},
	} {
		err := channel.Send(t.Context(), m)
		if !errors.Is(err, ErrPermanent) {
			t.Errorf("%+v: %v", m, err)
			continue
		}
		secretFree(t, err.Error())
	}
}

func TestBadURLs(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                                            "smtp://",
		"http://a?from=a@b.org":                       "smtp://",
		"smtp://:25?from=a@b.org":                     "a host",
		"smtp://a:0?from=a@b.org":                     "a port",
		"smtp://a:65536?from=a@b.org":                 "a port",
		"smtp://a:sentinel?from=a@b.org":              "not a URL",
		"smtp://u:sentinel%zz@a?from=a@b":             "%XX",
		"smtp://u:sentinel@a":                         "the sender",
		"smtp://u:sentinel@a?from=a@b.org&sentinel=1": "the sender",
		"smtp://u:senti#nel@a?from=a@b.org":           "not a URL",
		"smtp://u:sentinel@a?from=sentinel":           "from: not one mail address",
		"smtp://u:sentinel@a?from=a@b.org%0d%0aBcc:x": "from: not one mail address",
	} {
		_, err := NewSMTP(address)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", address, err, want)
			continue
		}
		secretFree(t, err.Error())
	}
	for address, want := range map[string]string{
		"smtp://sentinel:sentinel@mail.example.org?from=sentinel@b.org":  "smtp://mail.example.org:25",
		"smtps://sentinel:sentinel@mail.example.org?from=sentinel@b.org": "smtps://mail.example.org:465",
		"smtp://[::1]:587?from=sentinel@b.org":                           "smtp://[::1]:587",
	} {
		channel, err := NewSMTP(address)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{"%v", "%+v", "%s", "%#v"} {
			if got := fmt.Sprintf(form, channel); got != want {
				t.Errorf("%s is %q, want %q", form, got, want)
			}
		}
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	var channel Channel = Log{slog.New(slog.NewTextHandler(&out, nil))}
	m := message()
	m.Subject, m.Text = "Shift of "+sentinelTo+"\nlevel=ERROR", "Mail to "+sentinelTo
	if err := channel.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	secretFree(t, out.String())
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "id=1f00@installation") || !strings.Contains(got, "Mail to (address)") {
		t.Error(got)
	}
}
