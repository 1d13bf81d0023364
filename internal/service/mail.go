package service

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"slices"
	"time"

	"stablefutures/internal/store"
)

// Letter is an e-mail as it is sent.
type Letter struct{ To, Subject, Body string }

// What every e-mail says. Whoever looks over a shoulder, or keeps the mail server, learns
// nothing from it: no name, no reference, no address to follow, and always the same.
const (
	mailSubject = "Something waits for you"
	mailBody    = "Something waits for you. Open the pages you work with.\n"
)

// mailTaken is for how long an e-mail that is being tried is left alone. What was taken
// by a program that was killed is tried again after it.
const mailTaken = 2 * time.Minute

// mailWaits are the waits after a try that failed; the last one again and again.
var mailWaits = []time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute}

// addMail keeps an e-mail to an address. While one waits to be sent there, another would
// say the same: a mail server that was away does not send a night's worth at once. The one
// that waits is tried now, however long it would have waited.
func (s *Service) addMail(tx *store.Tx, authority, to string) error {
	if to == "" {
		return nil
	}
	waiting, err := tx.WaitingMail(authority)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(waiting, func(m store.Mail) bool { return m.To == to }); at >= 0 {
		return tx.HurryMail(authority, waiting[at].ID)
	}
	return tx.AddMail(authority, store.Mail{ID: s.ids.New(), To: to})
}

// dropMail takes away what waits for addresses of nobody who is on duty any more.
func dropMail(tx *store.Tx, authority string, duty []store.Duty) error {
	waiting, err := tx.WaitingMail(authority)
	for _, m := range waiting {
		if err == nil && !slices.ContainsFunc(duty, func(d store.Duty) bool { return d.Email == m.To && m.To != "" }) {
			err = tx.DropMail(authority, m.ID)
		}
	}
	return err
}

// SendMail sends the e-mails that are due. What cannot be sent stays, and is tried again
// after a while that grows. The error names nobody.
func (s *Service) SendMail(ctx context.Context, send func(context.Context, Letter) error) error {
	authorities, err := s.Authorities(ctx)
	if err != nil {
		return err
	}
	for _, a := range authorities {
		var due []store.Mail
		err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = tx.DueMail(a.Code)
			return err
		})
		if err != nil {
			return known(err)
		}
		for _, m := range due {
			if err := s.sendOne(ctx, a.Code, m, send); err != nil {
				return err // the server that did not take this one does not take the next
			}
		}
	}
	return nil
}

func (s *Service) sendOne(ctx context.Context, authority string, m store.Mail, send func(context.Context, Letter) error) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error { return tx.TakeMail(authority, m, tx.Now.Add(mailTaken)) })
	if errors.Is(err, store.ErrNotFound) {
		return nil // another process has it
	}
	if err != nil {
		return known(err)
	}
	failed := errNoAddress
	if m.To != "" {
		failed = send(ctx, Letter{m.To, mailSubject, mailBody})
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if failed == nil {
			return tx.DropMail(authority, m.ID)
		}
		return tx.FailMail(authority, m.ID, tx.Now.Add(mailWaits[min(m.Tries, len(mailWaits)-1)]), whyUnsent(failed))
	})
	if failed == errNoAddress || refusal(failed) != nil {
		failed = nil // of this one alone; it stands on the page of who is on duty
	} else if failed != nil {
		failed = errors.New(whyUnsent(failed))
	}
	return errors.Join(failed, known(err))
}

// errNoAddress: the address that is kept of an e-mail does not open.
var errNoAddress = errors.New("its address does not open: type in anew who is on duty")

// refusal is what a mail server answers that can be reached; nil for any other error.
func refusal(err error) *textproto.Error {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return answer
	}
	return nil
}

// whyUnsent is why an e-mail was not sent, without the address that the error may hold.
func whyUnsent(err error) string {
	if err == errNoAddress {
		return err.Error()
	}
	if answer := refusal(err); answer != nil {
		return fmt.Sprintf("the mail server refused it (%d)", answer.Code)
	}
	return "the mail server cannot be reached"
}
