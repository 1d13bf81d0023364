package cli

import (
	"context"
	"fmt"

	"stablefutures/internal/service"
)

// checkpointMail sends each checkpoint by e-mail. The text is the checkpoint and nothing
// else, so that it can be saved as it is and verified.
type checkpointMail struct {
	smtpServer
	to string
}

func (m checkpointMail) String() string { return m.to }

func (m checkpointMail) send(ctx context.Context, c service.Checkpoint) error {
	log := "log of " + c.Authority
	if c.Authority == "" {
		log = "log of sign-ins at no authority"
	}
	message, err := m.message(m.to, fmt.Sprintf("Checkpoint of the %s: %s", log, count(int(c.Size), "entry", "entries")), c.At, c.Text)
	if err != nil {
		return err
	}
	return m.deliver(ctx, m.to, message)
}
