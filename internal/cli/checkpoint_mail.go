package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"mime/quotedprintable"
	"net"
	"net/smtp"
	"time"

	"stablefutures/internal/service"
)

// checkpointMail sends each checkpoint by e-mail. The text is the checkpoint and nothing
// else, so that it can be saved as it is and verified.
type checkpointMail struct{ server, from, to string }

func (m checkpointMail) String() string { return m.to }

// mailTime bounds how long a server may take with one message.
const mailTime = 30 * time.Second

func (m checkpointMail) send(ctx context.Context, c service.Checkpoint) (err error) {
	message, err := m.message(c)
	if err != nil {
		return err
	}
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
	if err := m.deliver(client, host, message); err != nil {
		return errors.Join(err, client.Close())
	}
	return client.Quit()
}

// deliver hands a message over, encrypted where the server can.
func (m checkpointMail) deliver(client *smtp.Client, host string, message []byte) error {
	if ok, _ := client.Extension("STARTTLS"); ok {
		if err := client.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	}
	if err := client.Mail(m.from); err != nil {
		return err
	}
	if err := client.Rcpt(m.to); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	_, err = w.Write(message)
	return errors.Join(err, w.Close())
}

func (m checkpointMail) message(c service.Checkpoint) ([]byte, error) {
	log := "log of " + c.Authority
	if c.Authority == "" {
		log = "log of sign-ins at no authority"
	}
	var b bytes.Buffer
	for _, line := range []string{
		"From: " + m.from, "To: " + m.to, fmt.Sprintf("Subject: Checkpoint of the %s: %s", log, count(int(c.Size), "entry", "entries")),
		"Date: " + c.At.Format(time.RFC1123Z), "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
		"Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
	} {
		b.WriteString(line + "\r\n")
	}
	w := quotedprintable.NewWriter(&b)
	_, err := w.Write(bytes.ReplaceAll(c.Text, []byte("\n"), []byte("\r\n")))
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}
