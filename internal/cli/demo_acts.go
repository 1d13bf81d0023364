package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/date"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// act lets the people of the council do what leaves something on everybody's pages. A
// council with few young people has fewer of these, and never fails for it.
func (c *demoCouncil) act() error {
	for _, step := range []func() error{c.allocate, c.agreeToStudy, c.askConsent, c.chooseForInspection, c.restrict, c.openInEmergency, c.askForExport, c.readUnusually, c.putOnDuty} {
		if err := step(); err != nil {
			return fmt.Errorf("let the fictional people act: %w", err)
		}
	}
	return nil
}

// side is one of the two teams: who leads it, and who works in it.
type side struct {
	team         string
	lead, worker service.Actor
}

// sideOf is the team that has a young person: the first of the caseload is of the
// North, the second of the South, and so on.
func (c *demoCouncil) sideOf(n int) side {
	if n%2 == 0 {
		return side{c.north, c.as("lead"), c.as("worker")}
	}
	return side{c.south, c.as("lead2"), c.as("worker2")}
}

// allocate gives each young person of the register to a team, whose lead gives them to
// its worker. Those who have talked about most come first in c.caseload.
func (c *demoCouncil) allocate() error {
	all, err := c.Caseload(c.ctx, c.as("manager"), "", service.ByReference)
	if err != nil {
		return err
	}
	c.caseload = all.Rows
	slices.SortStableFunc(c.caseload, func(a, b service.CaseloadRow) int { return cmp.Compare(b.Talked, a.Talked) })
	for n, row := range c.caseload {
		at := c.sideOf(n)
		if err := c.GiveToTeam(c.ctx, c.as("manager"), row.Record, at.team); err != nil {
			return err
		}
		if err := c.Allocate(c.ctx, at.lead, row.Record, []string{at.worker.Account}); err != nil {
			return err
		}
	}
	return nil
}

// agreeToStudy asks everybody on the register about the study: two of three agree.
func (c *demoCouncil) agreeToStudy() error {
	for n, row := range c.caseload {
		answer := consent.Agreed
		if n%3 == 2 {
			answer = consent.Declined
		}
		if err := c.asked(n, consent.Entry{Matter: consent.Matter{Purpose: consent.Study}, Answer: answer, How: consent.Spoken}); err != nil {
			return fmt.Errorf("%s: %w", row.Reference, err)
		}
	}
	return nil
}

// asked records what the young person in one place of the caseload answered, or the
// basis on which they were not asked.
func (c *demoCouncil) asked(n int, e consent.Entry) error {
	e.AskedOn, e.Basis = c.Today(), cmp.Or(e.Basis, consent.Consent)
	if e.Basis == consent.Consent {
		e.Language = "English"
	}
	return c.RecordConsent(c.ctx, c.sideOf(n).worker, c.caseload[n].Record, e)
}

// askConsent asks three young people of the North whether Fernshire Health may see how
// they are, and shares it. The first was asked more than that.
func (c *demoCouncil) askConsent() error {
	with := func(agency string, section consent.Section) consent.Matter {
		return consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: section}
	}
	worker := c.as("worker")
	share := func(n int, e consent.Entry) error {
		if err := c.asked(n, e); err != nil {
			return err
		}
		return c.Share(c.ctx, worker, c.caseload[n].Record, e.Agency, e.Section, cmp.Or(e.Basis, consent.Consent))
	}
	for n := 0; n < min(5, len(c.caseload)); n += 2 {
		agreed := consent.Entry{Matter: with(c.health, consent.Outcomes), Answer: consent.Agreed, How: consent.Written, Expires: inAYear(c.Today())}
		if err := share(n, agreed); err != nil {
			return err
		}
	}
	if len(c.caseload) == 0 {
		return nil
	}
	err := errors.Join(
		c.asked(0, consent.Entry{Matter: with(c.health, consent.Words), Answer: consent.Declined, How: consent.Pictures}),
		c.asked(0, consent.Entry{Matter: with(c.health, consent.Missing), Answer: consent.Agreed, How: consent.Interpreted}),
		share(0, consent.Entry{Matter: with(c.police, consent.Who), Basis: consent.VitalInterests, Answer: consent.Applies,
			Remark: "They were missing for a night, and somebody had threatened them. The police had to know whom they look for."}))
	if err != nil {
		return err
	}
	return c.withdraw(with(c.health, consent.Missing))
}

// inAYear is the last day of a consent that is asked anew each year.
func inAYear(day date.Date) date.Date { return day.AddDays(364) }

// withdraw takes back what the first young person agreed to.
func (c *demoCouncil) withdraw(m consent.Matter) error {
	record := c.caseload[0].Record
	page, err := c.ConsentOf(c.ctx, c.as("worker"), record)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(page.Current, func(e service.ConsentNow) bool { return e.Matter == m && e.Basis == consent.Consent })
	if at < 0 {
		return nil
	}
	return c.WithdrawConsent(c.ctx, c.as("worker"), record, page.Current[at].ID)
}

// chooseForInspection gives three records of the North to the inspector, beside their worker.
func (c *demoCouncil) chooseForInspection() error {
	for n := 0; n < min(5, len(c.caseload)); n += 2 {
		both := []string{c.as("worker").Account, c.as("inspector").Account}
		if err := c.Allocate(c.ctx, c.as("manager"), c.caseload[n].Record, both); err != nil {
			return err
		}
	}
	return nil
}

// restrict keeps a record of the South to three people. The manager is one of them:
// whoever may not open every record sees no exact figures.
func (c *demoCouncil) restrict() error {
	if len(c.caseload) < 4 {
		return nil
	}
	_, err := c.Restrict(c.ctx, c.as("lead2"), c.caseload[3].Record, []string{c.as("lead2").Account, c.as("worker2").Account, c.as("manager").Account})
	return err
}

// openInEmergency opens a record of the South to the duty worker of the North,
// who reads it.
func (c *demoCouncil) openInEmergency() error {
	if len(c.caseload) < 2 {
		return nil
	}
	record, _, err := c.AskEmergency(c.ctx, c.as("duty"), c.caseload[1].Reference,
		"The police rang: they have been found at the railway station, and ask whom they may call and who must not know.")
	if err != nil {
		return err
	}
	_, err = c.Record(c.ctx, c.as("duty"), record)
	return err
}

// askForExport leaves one half of a decision: somebody else has to say yes or no.
func (c *demoCouncil) askForExport() error {
	_, err := c.AskDecision(c.ctx, c.as("data"), service.NewDecision{Act: store.DecideExport,
		Reason: "The safeguarding partnership reviews all cases of this year, and asked for the list with names."})
	return err
}

// readUnusually lets the manager open a record with which they have nothing to do. The
// log tells, and they are asked why.
func (c *demoCouncil) readUnusually() error {
	if len(c.caseload) < 6 {
		return nil
	}
	if _, err := c.Record(c.ctx, c.as("manager"), c.caseload[5].Record); err != nil {
		return err
	}
	return c.FindUnusual(c.ctx)
}

// putOnDuty lets a duty worker be told first when a young person says that they are not
// safe, and then the manager. Nobody of a demo gets e-mail.
func (c *demoCouncil) putOnDuty() error {
	return c.SetDuty(c.ctx, c.as("manager"), []store.Duty{{Account: c.as("duty").Account}, {Account: c.as("manager").Account}})
}
