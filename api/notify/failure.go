package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"

	"github.com/wneessen/go-mail"
)

// greetingFailure says why there is no session with the server: nothing in it
// is about the message, so none is permanent. Texts of the server are left
// out, because they may repeat the login.
func greetingFailure(ctx context.Context, err error) error {
	var answer *textproto.Error
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("no session with the server: %w", ctx.Err())
	case errors.As(err, &answer):
		return fmt.Errorf("no session with the server: it answered %d", answer.Code)
	case errors.As(err, &certificate):
		return fmt.Errorf("no session with the server: %w", certificate)
	case errors.As(err, &network):
		return fmt.Errorf("no session with the server: %w", network)
	}
	return errors.New("no session with the server: it hung up, or offers no login that keeps the password secret")
}

// stages are the steps of a delivery, as we tell them.
var stages = map[mail.SendErrReason]string{
	mail.ErrSMTPMailFrom:  "to the sender",
	mail.ErrSMTPRcptTo:    "to the recipient",
	mail.ErrSMTPData:      "to the message",
	mail.ErrSMTPDataClose: "to the message",
}

// deliveryFailure says why the message was not accepted. It is ErrPermanent
// for an answer of 5xx (RFC 5321 section 4.2.1) that is not about the login.
func deliveryFailure(ctx context.Context, err error) error {
	var refusal *mail.SendError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("no answer to the message: %w", ctx.Err())
	case !errors.As(err, &refusal) || refusal.ErrorCode() == 0:
		return errors.New("the connection broke before the server answered for the message")
	}
	code := refusal.ErrorCode()
	answered := fmt.Sprintf("the server answered %d %s", code, stages[refusal.Reason])
	if detail := refusal.EnhancedStatusCode(); detail != "" {
		answered = fmt.Sprintf("the server answered %d (%s) %s", code, detail, stages[refusal.Reason])
	}
	if code >= 500 && !aboutLogin(code) {
		return fmt.Errorf("%s: %w", answered, ErrPermanent)
	}
	return errors.New(answered)
}

// aboutLogin says whether an answer asks for another login (RFC 4954 section 6).
func aboutLogin(code int) bool { return code == 530 || code == 534 || code == 535 || code == 538 }
