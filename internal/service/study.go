package service

import (
	"context"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// Study is how those are who agreed to the study: the figures of the overview, of them
// alone. Small numbers are kept back from everybody.
type Study struct {
	Overview                 // its register are those who agreed
	Register disclosure.Cell // all on the register
}

// AgreedToStudy is how many of those on the register agreed.
func (s Study) AgreedToStudy() disclosure.Cell { return s.Cell("register") }

// Study counts those on the register today whose consent to the study holds today.
func (s *Service) Study(ctx context.Context, actor Actor) (st Study, err error) {
	st = Study{Overview: Overview{Rule: profile.Rule, Published: true}}
	err = s.look(ctx, actor, access.ReadStudy, func(tx *store.Tx, _ access.Scope) error {
		st.Today = s.todayIn(tx)
		if st.Authority, err = tx.Authority(actor.Authority); err != nil {
			return err
		}
		if st.Edition, err = s.editionInUse(tx, actor.Authority); err != nil {
			return err
		}
		st.Year = st.Today
		both, err := since(&s.figures, "study/"+st.Authority.Code+"/"+st.Edition.ID, momentOf(st.Authority, st.Today), func() (studied, error) { return s.countStudy(tx, st.Overview) })
		if err != nil {
			return err
		}
		st.Register, st.cells = s.publishStudy(st.Overview, both)
		return nil
	})
	st.Silence = studySilence(st)
	return st, err
}

// studied are the exact figures of all on the register, and of those of them who agreed.
type studied struct{ all, agreed figures }

func (s *Service) countStudy(tx *store.Tx, o Overview) (both studied, err error) {
	versions, err := tx.RegisterNow(o.Authority.Code)
	if err != nil {
		return both, err
	}
	entries := map[string][]register.Entry{}
	for _, v := range versions {
		entries[v.Record] = append(entries[v.Record], v.Entry)
	}
	here, err := registerNow(tx, o.Authority.Code)
	if err != nil {
		return both, err
	}
	yes, err := tx.AgreedToStudy(o.Authority.Code, string(o.Today))
	if err != nil {
		return both, err
	}
	agreed := onRegister{}
	for _, record := range yes {
		if e, ok := here[record]; ok {
			agreed[record] = e
		}
	}
	tallies, err := tx.Tallies(o.Authority.Code, o.Edition.ID)
	if err != nil {
		return both, err
	}
	if both.all, err = s.countOf(tx, o, here, tallies); err != nil {
		return both, err
	}
	if tallies, err = talliesOf(tx, o, agreed, entries); err != nil {
		return both, err
	}
	both.agreed, err = s.countOf(tx, o, agreed, tallies)
	return both, err
}

// countOf counts the conversations and the readings of some of those on the register.
func (s *Service) countOf(tx *store.Tx, o Overview, who onRegister, tallies []store.Tally) (figures, error) {
	f := figures{counts: newCounts()}
	days, err := lastTalks(tx, o.Authority.Code)
	if err != nil {
		return f, err
	}
	f.n["register"] = len(who)
	f.countTalks(who, days, o.Today)
	f.countReadings(tallies, o.Edition)
	return f, nil
}

// talliesOf are the tallies of some records, from where each of them stands: the kept
// ones are of all.
func talliesOf(tx *store.Tx, o Overview, who onRegister, entries map[string][]register.Entry) ([]store.Tally, error) {
	total := share{}
	editions := map[string]*framework.Edition{o.Edition.ID: o.Edition}
	for record := range who {
		standings, err := tx.StandingsOfRecord(o.Authority.Code, record)
		if err != nil {
			return nil, err
		}
		standings = slices.DeleteFunc(standings, func(st store.Standing) bool { return st.Edition != o.Edition.ID })
		for t, n := range shareOf(groupOf(entries[record]), standings, editions) {
			total[t] += n
		}
	}
	var list []store.Tally
	for t, n := range total {
		t.N = n
		list = append(list, t)
	}
	return list, nil
}

// studySilence is why nothing is said outcome by outcome; empty where something is. It
// follows from what is shown.
func studySilence(st Study) string {
	switch agreed := st.AgreedToStudy(); {
	case agreed == disclosure.Number(0):
		return "Nobody on the register has agreed to the study."
	case !agreed.Shown:
		return "How many agreed is kept back, because few did or few did not: so are all figures of them."
	case !slices.ContainsFunc(st.Edition.Outcomes(), func(out framework.Outcome) bool { return st.Has(out.ID + "/spoke") }):
		return "Too few of those who agreed have had a conversation to say how they are."
	}
	return ""
}

// Limits say who is counted and who is not, and what the words mean.
func (st Study) Limits() []string {
	return append([]string{
		"Counted are the young people on the register today who agreed to the study, and whose consent holds today. Nobody is counted on another basis.",
		"Whoever takes their consent back is counted no more from that moment. Figures that were read or downloaded before cannot be taken back.",
		"Figures are told only where those who agreed, and those who did not, are nobody or more than a few: together with the council’s overview, they would otherwise tell of the few.",
	}, st.Overview.Limits()[3:6]...)
}
