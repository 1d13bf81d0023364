package cli

import (
	"context"

	"stablefutures/internal/service"
)

// SendMailBy is what serve does again and again with e-mails that wait.
func SendMailBy(s *service.Service, server, from string) func(context.Context) error {
	return sendMail(s, smtpServer{server: server, from: from})
}
