package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"time"

	"stablefutures/internal/service"
)

// smtpServer takes e-mail from this machine.
type smtpServer struct{ server, from string }

// mailTime bounds how long a server may take with one message.
const mailTime = 30 * time.Second

// mailer is the server that the flags name; nil where they name none.
func (f checkpointFlags) mailer() (*smtpServer, error) {
	if f.SMTP == "" {
		return nil, nil
	}
	if host, _, err := net.SplitHostPort(f.SMTP); err != nil || host == "" {
		return nil, fmt.Errorf("--smtp %q is not HOST:PORT, the server that takes e-mail from this machine", f.SMTP)
	}
	from, err := mail.ParseAddress(f.MailFrom)
	if err != nil {
		return nil, fmt.Errorf("--mail-from %q is no e-mail address", f.MailFrom)
	}
	return &smtpServer{server: f.SMTP, from: from.Address}, nil
}

// deliver hands a message over to one recipient.
func (m smtpServer) deliver(ctx context.Context, to string, message []byte) error {
	ctx, stop := context.WithTimeout(ctx, mailTime)
	defer stop()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", m.server)
	if err != nil {
		return err
	}
	end, _ := ctx.Deadline()
	if err := conn.SetDeadline(end); err != nil {
		return errors.Join(err, conn.Close())
	}
	host, _, err := net.SplitHostPort(m.server)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	if err := m.hand(client, host, to, message); err != nil {
		return errors.Join(err, client.Close())
	}
	return client.Quit()
}

// hand gives a message to a server, encrypted where the server can.
func (m smtpServer) hand(client *smtp.Client, host, to string, message []byte) error {
	if ok, _ := client.Extension("STARTTLS"); ok {
		if err := client.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	}
	if err := client.Mail(m.from); err != nil {
		return err
	}
	if err := client.Rcpt(to); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	_, err = w.Write(message)
	return errors.Join(err, w.Close())
}

// message is a text with the headers of an e-mail.
func (m smtpServer) message(to, subject string, at time.Time, text []byte) ([]byte, error) {
	var b bytes.Buffer
	for _, line := range []string{
		"From: " + m.from, "To: " + to, "Subject: " + subject, "Date: " + at.Format(time.RFC1123Z), "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
		"Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
	} {
		b.WriteString(line + "\r\n")
	}
	w := quotedprintable.NewWriter(&b)
	_, err := w.Write(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}

// sendMail sends the e-mails that wait. Those of which it was never certain that the
// server took them are sent again: rather twice than not at all.
func sendMail(s *service.Service, m smtpServer) func(context.Context) error {
	return func(ctx context.Context) error {
		return s.SendMail(ctx, func(ctx context.Context, one service.Letter) error {
			message, err := m.message(one.To, one.Subject, s.Now(), []byte(one.Body))
			if err != nil {
				return err
			}
			return m.deliver(ctx, one.To, message)
		})
	}
}
