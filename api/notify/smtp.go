package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// SMTP is the mail channel. It opens a connection for each message.
type SMTP struct {
	host           string
	port           int
	implicit       bool // TLS from the first byte (RFC 8314), not by STARTTLS
	user, password string
	from           *netmail.Address
	tls            *tls.Config
	dial           func(ctx context.Context, network, address string) (net.Conn, error)
}

// sendTimeout bounds one message from dialling to the server's last answer.
const sendTimeout = 30 * time.Second

// Ports that a URL without one means.
const (
	portSMTP  = 25  // RFC 5321
	portSMTPS = 465 // RFC 8314
)

// NewSMTP reads smtp://user:password@host:25?from=roster@example.org. With
// smtp:// TLS starts when the server offers it, and never on loopback; with
// smtps:// at once. A password goes out only over TLS, on loopback, or by a
// method that does not reveal it. The error never repeats the URL.
func NewSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("mail server: not a URL: expected smtp://user:password@host:25?from=roster@example.org, with odd characters of the password as %XX")
	}
	s := &SMTP{host: u.Hostname(), port: portSMTP, user: u.User.Username(), dial: (&net.Dialer{}).DialContext}
	s.password, _ = u.User.Password()
	s.tls = &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
	switch u.Scheme {
	case "smtp":
	case "smtps":
		s.implicit, s.port = true, portSMTPS
	default:
		return nil, errors.New("mail server: expected a URL that starts with smtp:// or smtps://")
	}
	if s.host == "" {
		return nil, errors.New("mail server: expected a host, such as smtp://mail.example.org?from=roster@example.org")
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errors.New("mail server: expected a port from 1 to 65535")
		}
	}
	return s, s.setSender(u)
}

// setSender reads the query, which holds the sender and nothing else.
func (s *SMTP) setSender(u *url.URL) (err error) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || len(query) != 1 || len(query["from"]) != 1 || u.Fragment != "" {
		return errors.New("mail server: expected one parameter, the sender: ?from=roster@example.org")
	}
	if s.from, err = address(query.Get("from")); err != nil {
		return fmt.Errorf("mail server: from: %w", err)
	}
	return nil
}

// String is the URL without login and sender.
func (s *SMTP) String() string {
	scheme := "smtp"
	if s.implicit {
		scheme = "smtps"
	}
	return scheme + "://" + net.JoinHostPort(s.host, strconv.Itoa(s.port))
}

// GoString is the same: no way of printing shows the password.
func (s *SMTP) GoString() string { return s.String() }

// Send hands the message to the server and returns nil once the server has
// answered for it, even if the connection breaks afterwards. The error Is
// ErrPermanent if the message or its address is refused. A refused login is
// not: it is mended in the settings, and the message can then go.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	letter, err := s.letter(m)
	if err != nil {
		return fmt.Errorf("send mail: %w: %w", err, ErrPermanent)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel() // closes the connection, whatever became of it
	client, err := s.client(ctx)
	if err != nil {
		return errors.New("send mail: the mail client refuses its settings")
	}
	server, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("send mail by %s: %w", s, greetingFailure(ctx, err))
	}
	if err := client.SendWithSMTPClient(server, letter); err != nil && !letter.IsDelivered() {
		return fmt.Errorf("send mail by %s: %w", s, deliveryFailure(ctx, err))
	}
	_ = client.CloseWithSMTPClient(server) // accepted already: a failed goodbye must not send it again
	return nil
}

// letter builds the mail. The error does not repeat the address.
func (s *SMTP) letter(m Message) (*mail.Msg, error) {
	to, err := address(m.To)
	if err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	if err := checkID(m.ID); err != nil {
		return nil, err
	}
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	letter.FromMailAddress(s.from)
	letter.ToMailAddress(&netmail.Address{Address: to.Address})
	letter.Subject(oneLine(m.Subject))
	letter.SetMessageIDWithValue(m.ID)
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday replies
	letter.SetBodyString(mail.TypeTextPlain, m.Text)
	return letter, nil
}

// client returns a client for one message, whose connection ends with ctx.
func (s *SMTP) client(ctx context.Context) (*mail.Client, error) {
	policy := mail.TLSOpportunistic
	if s.implicit || loopback(s.host) {
		policy = mail.NoTLS // on top of what the connection has
	}
	options := []mail.Option{
		mail.WithPort(s.port), mail.WithTimeout(sendTimeout), mail.WithTLSConfig(s.tls), mail.WithTLSPolicy(policy),
		mail.WithDialContextFunc(s.connect(ctx)), mail.WithoutNoop(), mail.WithoutRset(),
	}
	if s.user != "" {
		options = append(options, mail.WithUsername(s.user), mail.WithPassword(s.password), mail.WithOpportunisticSMTPAuth(
			mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthCramMD5, mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	return mail.NewClient(s.host, options...)
}

// connect returns a dialler whose connections close when ctx is done: the
// client itself heeds a context only while it dials.
func (s *SMTP) connect(ctx context.Context) mail.DialContextFunc {
	return func(dialling context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dial(dialling, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if !s.implicit {
			return conn, nil
		}
		secured := tls.Client(conn, s.tls)
		return secured, secured.HandshakeContext(dialling)
	}
}

// loopback says whether the host is this machine.
func loopback(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }
