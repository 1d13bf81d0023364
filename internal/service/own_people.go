package service

import (
	"context"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// OwnPeople is who can see a young person's record, and who has looked, as they read it.
type OwnPeople struct {
	Workers []string     // names of those who work with them
	Viewers []OwnViewer  // the nearest first
	Groups  []string     // agencies that see a part now
	Looks   []OwnLook    // the latest first
	Lists   []date.Date  // days on which a list was taken out on which they may be, the latest first
	Opened  []OwnOpening // when it was opened, the latest first
}

// OwnOpening is that somebody came to the young person's own page: they themselves, or
// whoever had the code.
type OwnOpening struct {
	At         time.Time // in London
	Name       string    // of who gave the code or the tablet
	HandedOver bool
	Device     bool // on a device that is remembered
}

// OwnViewer is somebody who can see it. Why is works, checks, leads or emergency; empty for
// who is there by another rule, such as a duty worker of their team.
type OwnViewer struct{ Name, Why string }

// OwnLook is that somebody opened it on a day.
type OwnLook struct {
	Name string
	On   date.Date
}

// mostLooks is how many looks a young person is shown.
const mostLooks = 30

// OwnPeople tells a young person who can see their record and who has looked.
func (s *Service) OwnPeople(ctx context.Context, y Young) (p OwnPeople, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		who, err := answerersOf(tx, y.Authority, y.Record)
		if err != nil {
			return err
		}
		for _, w := range who.workers {
			p.Workers = append(p.Workers, w.Name)
		}
		people, _, err := viewers(tx, y.Authority, y.Record)
		if err != nil {
			return err
		}
		for _, v := range people {
			p.Viewers = append(p.Viewers, OwnViewer{v.Name, whyOwn(v, who)})
		}
		if p.Groups, err = s.sharedWith(tx, y); err != nil {
			return err
		}
		if p.Opened, err = s.ownOpenings(tx, y, who.names); err != nil {
			return err
		}
		if p.Looks, err = s.ownLooks(tx, y); err != nil {
			return err
		}
		p.Lists, err = s.ownLists(tx, y)
		return err
	})
	return p, err
}

// ownOpenings are the last times that the page was opened.
func (s *Service) ownOpenings(tx *store.Tx, y Young, names map[string]string) (list []OwnOpening, err error) {
	sessions, err := tx.OwnSessions(y.Authority, y.Record)
	for _, session := range sessions {
		list = append(list, OwnOpening{s.Local(session.BeganAt), names[session.GivenBy], session.HandedOver(), session.Way == "device"})
	}
	return list, err
}

// whyOwn is why somebody can see the page. That a record is allocated to somebody does not
// say that they work with the young person: an inspector has it to read.
func whyOwn(v Viewer, who answerers) string {
	switch {
	case who.works(v.Account):
		return "works"
	case v.Role == access.Inspector:
		return "checks"
	case v.Why == access.ByEmergency:
		return "emergency"
	case v.Role == access.Manager:
		return "leads"
	}
	return ""
}

// sharedWith are the names of the agencies that see a part of the record today.
func (s *Service) sharedWith(tx *store.Tx, y Young) (names []string, err error) {
	page := ConsentPage{Today: s.todayIn(tx)}
	if err := fillAgencies(tx, y.Authority, &page); err != nil {
		return nil, err
	}
	if err := fillConsent(tx, y.Authority, y.Record, &page); err != nil {
		return nil, err
	}
	for _, share := range page.Shares {
		if name := page.Names[share.Agency]; share.Live && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// disclosing are the acts of the log that show somebody a record, or that there is one.
// What is in no list of acts here or in the test beside it fails that test.
var disclosing = map[string]bool{
	"read record": true, "read identity": true, "read history": true, "read register": true, "read consent": true, "read conversation": true, "read outcomes": true,
	"read asked for and answered": true, "read allocation": true, "read restriction": true, "read the ways to their own page": true,
	"read what is shared": true, "list what is shared": true, "see an alert": true, "open in an emergency": true, "compare with a young person to be added": true,
}

// ownLooks are who was shown the record, once for each person and day.
func (s *Service) ownLooks(tx *store.Tx, y Young) (looks []OwnLook, err error) {
	entries, err := tx.AuditOfRecord(y.Authority, y.Record, 500)
	if err != nil {
		return nil, err
	}
	names, err := s.names(tx, y.Authority)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		look := OwnLook{names[e.Account], date.Of(e.At.In(s.london))}
		if look.Name != "" && disclosing[e.Act] && !slices.Contains(looks, look) && len(looks) < mostLooks {
			looks = append(looks, look)
		}
	}
	return looks, nil
}

// ownLists are the days on which a list of young people was taken out since this one is
// known here. The log tells of such a list who made it and how many are on it, not who is:
// they may be on it.
func (s *Service) ownLists(tx *store.Tx, y Young) (days []date.Date, err error) {
	made, err := tx.ListsSince(y.Authority, y.Record, mostLooks)
	for _, at := range made {
		if day := date.Of(at.In(s.london)); !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	return days, err
}
