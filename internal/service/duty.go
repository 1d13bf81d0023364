package service

import (
	"context"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// MostOnDuty is how many can be on duty at once.
const MostOnDuty = 20

// DutyPage is who is told when a young person says that they are not safe, and what else
// an authority sets for the young people's pages.
type DutyPage struct {
	Setting store.OwnSetting
	Duty    []OnDuty
	People  []Nameable // who can be put on duty
	Mail    MailTrouble
}

// OnDuty is somebody on duty. Able tells whether they are told: their account is in use,
// and may answer.
type OnDuty struct {
	Person
	Email string
	Able  bool
}

// MailTrouble is e-mails that could not be sent yet; zero for none.
type MailTrouble struct {
	Waiting int
	Since   time.Time
	Failed  string // why the last try failed; empty before any
}

// DutyPage opens what a manager keeps of all this.
func (s *Service) DutyPage(ctx context.Context, actor Actor) (p DutyPage, err error) {
	err = s.look(ctx, actor, access.KeepOwnPages, func(tx *store.Tx, _ access.Scope) error {
		p = DutyPage{}
		if p.Setting, err = s.ownSetting(tx, actor.Authority); err != nil {
			return err
		}
		accounts, err := tx.Accounts(actor.Authority)
		if err != nil {
			return err
		}
		able := map[string]store.Account{}
		names := map[string]string{}
		for _, a := range accounts {
			names[a.ID] = a.Name
			if mayAnswer(a) {
				able[a.ID] = a
				p.People = append(p.People, Nameable{Person: Person{a.ID, a.Name}, Role: a.Role})
			}
		}
		duty, err := tx.Duty(actor.Authority)
		if err != nil {
			return err
		}
		for _, d := range duty {
			_, ok := able[d.Account]
			p.Duty = append(p.Duty, OnDuty{Person{d.Account, names[d.Account]}, d.Email, ok})
		}
		p.Mail, err = mailTrouble(tx, actor.Authority)
		return err
	})
	return p, err
}

// mayAnswer tells whether an account can be told of alerts.
func mayAnswer(a store.Account) bool { return a.InUse() && actorOf(a).May(access.AnswerAlerts) }

// mailTrouble are the e-mails that wait although they were tried, or for longer than it
// takes to try them.
func mailTrouble(tx *store.Tx, authority string) (t MailTrouble, err error) {
	waiting, err := tx.WaitingMail(authority)
	if err != nil {
		return t, err
	}
	for _, m := range waiting {
		if m.Failed == "" && tx.Now.Sub(m.MadeAt) < time.Minute {
			continue
		}
		t.Waiting++
		if t.Since.IsZero() || m.MadeAt.Before(t.Since) {
			t.Since = m.MadeAt
		}
		if m.Failed != "" {
			t.Failed = m.Failed
		}
	}
	return t, nil
}

// SetDuty puts exactly these people on duty, in this order. Rows without an account are
// passed over. What waits to be sent to an address that is not among theirs is not sent.
func (s *Service) SetDuty(ctx context.Context, actor Actor, list []store.Duty) error {
	return s.change(ctx, actor, access.KeepOwnPages, func(tx *store.Tx, _ access.Scope) error {
		accounts, err := tx.Accounts(actor.Authority)
		if err != nil {
			return err
		}
		duty, wrong := readDuty(accounts, list)
		if len(wrong) > 0 {
			return wrong
		}
		if err := tx.SetDuty(actor.Authority, duty); err != nil {
			return err
		}
		if err := dropMail(tx, actor.Authority, duty); err != nil {
			return err
		}
		return s.audit(tx, actor, "set who is on duty", "authority", actor.Authority, strconv.Itoa(len(duty)))
	})
}

func readDuty(accounts []store.Account, list []store.Duty) (duty []store.Duty, wrong Invalid) {
	for n, d := range list {
		at := "-" + strconv.Itoa(n+1)
		d.Email = strings.TrimSpace(d.Email)
		switch {
		case d.Account == "" && d.Email == "":
			continue
		case d.Account == "":
			wrong = append(wrong, FieldError{"person" + at, "Choose whose address this is, or empty it."})
		case !slices.ContainsFunc(accounts, func(a store.Account) bool { return a.ID == d.Account && mayAnswer(a) }):
			wrong = append(wrong, FieldError{"person" + at, "Choose among the people who can be told."})
		case slices.ContainsFunc(duty, func(o store.Duty) bool { return o.Account == d.Account }):
			wrong = append(wrong, FieldError{"person" + at, "This person stands higher up already. Choose somebody else, or nobody."})
		}
		if d.Email != "" && !mailAddress(d.Email) {
			wrong = append(wrong, FieldError{"email" + at, "Enter an e-mail address, such as name@council.gov.uk, or leave this empty."})
		}
		duty = append(duty, d)
	}
	if len(duty) > MostOnDuty {
		wrong = append(wrong, FieldError{"person-1", "Put at most 20 people on duty."})
	}
	return duty, wrong
}

// mailAddress tells whether a text is an e-mail address and nothing else.
func mailAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 200 && !strings.ContainsAny(text, "\r\n")
}
