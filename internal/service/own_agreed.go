package service

import (
	"cmp"
	"context"
	"slices"

	"stablefutures/internal/consent"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// OwnAgreed is something that a young person was asked about, as they read it: the study,
// or an agency with all sections that it was about.
type OwnAgreed struct {
	Entry   string // by which it is stopped: one of those that hold
	Agency  string // name; empty for the study
	Holds   bool
	Stopped bool      // they said yes, and it holds no more
	On      date.Date // day of the answer
}

// OwnAgreed is what a young person agreed to and did not agree to. What rests on another
// basis than their own word is not called theirs.
func (s *Service) OwnAgreed(ctx context.Context, y Young) (list []OwnAgreed, err error) {
	err = s.lookOwn(ctx, y, func(tx *store.Tx) error {
		page := ConsentPage{Today: s.todayIn(tx)}
		if err := fillAgencies(tx, y.Authority, &page); err != nil {
			return err
		}
		if err := fillConsent(tx, y.Authority, y.Record, &page); err != nil {
			return err
		}
		list = agreedOf(page)
		return nil
	})
	return list, err
}

// agreedOf puts the sections of one agency together: what holds says more than what does
// not, and the latest answer more than one before.
func agreedOf(page ConsentPage) (list []OwnAgreed) {
	at := map[string]int{} // by agency
	for _, e := range page.Current {
		if e.Basis != consent.Consent {
			continue
		}
		one := OwnAgreed{Entry: e.ID, Agency: page.Names[e.Agency], Holds: e.Holds, Stopped: !e.Holds && e.Answer != consent.Declined, On: e.AskedOn}
		n, known := at[e.Agency]
		switch {
		case !known:
			at[e.Agency] = len(list)
			list = append(list, one)
		case one.Holds == list[n].Holds && one.On >= list[n].On, one.Holds && !list[n].Holds:
			list[n] = one
		}
	}
	slices.SortStableFunc(list, func(a, b OwnAgreed) int { // stays where it is when it is stopped; the study comes last
		return cmp.Or(cmp.Compare(boolInt(a.Agency == ""), boolInt(b.Agency == "")), cmp.Compare(a.Agency, b.Agency))
	})
	return list
}

// StopOwn takes back what a young person agreed to, by themselves and at once: of an
// agency, every section that it sees because of it. What was shared on it ends in the
// same transaction.
func (s *Service) StopOwn(ctx context.Context, y Young, entry string) error {
	return s.changeOwn(ctx, y, "withdraw consent on their own page", func(tx *store.Tx, session store.OwnSession) error {
		entries, err := tx.ConsentOfRecord(y.Authority, y.Record)
		if err != nil {
			return err
		}
		ledger := store.Ledger(entries)
		n := slices.IndexFunc(ledger, func(e consent.Entry) bool { return e.ID == entry && e.Basis == consent.Consent })
		if n < 0 {
			return store.ErrNotFound
		}
		stopped := errNothing
		for _, e := range consent.Current(ledger) {
			if e.Basis != consent.Consent || e.Purpose != ledger[n].Purpose || e.Agency != ledger[n].Agency || !e.Answer.Yes() {
				continue
			}
			back := consent.Entry{Matter: e.Matter, Basis: e.Basis, Answer: consent.Withdrawn, How: consent.OwnPage, Language: languageName(session.Language), AskedOn: s.todayIn(tx)}
			if err := s.addConsent(tx, Actor{Authority: y.Authority, Account: ownPageAccount}, y.Record, back); err != nil {
				return err
			}
			stopped = nil
		}
		return stopped
	})
}
