package notify

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a real SMTP listener. Its answers to single verbs can be replaced.
type server struct {
	address     string
	certificate tls.Certificate
	roots       *x509.CertPool
	implicit    bool // TLS from the first byte
	startTLS    bool // offers it
	auth        string
	answers     map[string]string // by verb; "." is the end of the text, "" the greeting; "-" hangs up, "..." is silence
	heard       chan string       // each verb that is met with silence

	mu       sync.Mutex
	commands []string
	letters  []string
	secured  bool
}

// serve starts the server; it stops with the test.
func serve(t *testing.T, s *server) *server {
	t.Helper()
	s.certificate, s.roots = selfSigned(t)
	s.heard = make(chan string, 8)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	var sessions sync.WaitGroup
	sessions.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			sessions.Go(func() { s.session(conn) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); sessions.Wait() })
	return s
}

func (s *server) session(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	if s.implicit {
		conn = s.secure(conn)
	}
	text := textproto.NewReader(bufio.NewReader(conn))
	if !s.say(conn, "", "220 mail.test ready") {
		return
	}
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		s.note(line)
		verb := strings.ToUpper(strings.Fields(line + " -")[0])
		usual := "250 2.0.0 fine"
		switch verb {
		case "EHLO":
			usual = s.greeting()
		case "STARTTLS":
			usual = "220 go on"
		case "AUTH":
			usual = "235 2.7.0 welcome"
		case "DATA":
			usual = "354 go on"
		case "QUIT":
			usual = "221 bye"
		}
		if !s.say(conn, verb, usual) {
			return
		}
		switch {
		case verb == "QUIT":
			return
		case verb == "STARTTLS":
			conn = s.secure(conn)
			text = textproto.NewReader(bufio.NewReader(conn))
		case verb == "DATA" && s.answers["DATA"] == "":
			letter, err := text.ReadDotBytes()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.letters = append(s.letters, string(letter))
			s.mu.Unlock()
			if !s.say(conn, ".", "250 2.0.0 queued") {
				return
			}
		}
	}
}

func (s *server) greeting() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := "250-mail.test\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n"
	if s.startTLS && !s.secured {
		lines += "250-STARTTLS\r\n"
	}
	if s.auth != "" {
		lines += "250-AUTH " + s.auth + "\r\n"
	}
	return lines + "250 SIZE 1000000"
}

func (s *server) secure(conn net.Conn) net.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secured = true
	return tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{s.certificate}})
}

// say answers a verb, and says whether the session goes on.
func (s *server) say(conn net.Conn, verb, usual string) bool {
	answer, other := s.answers[verb]
	switch {
	case !other:
		answer = usual
	case answer == "-":
		return false
	case answer == "...":
		s.heard <- verb
		_, _ = conn.Read(make([]byte, 1)) // until the client goes
		return false
	}
	_, err := conn.Write([]byte(answer + "\r\n"))
	return err == nil
}

func (s *server) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, line)
}

// said returns what the client said so far, and the letters it left.
func (s *server) said() (commands string, letters []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.commands, "\n"), append([]string{}, s.letters...)
}

func selfSigned(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"mail.test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
