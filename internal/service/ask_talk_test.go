package service_test

import (
	"testing"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// Where a young person came to their page and did nothing but ask, whoever may see that
// sees where it was said. It was a talk for those alone who may know of it.
func TestATalkInWhichNothingButAnAskWasMade(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		counted := func(what string, want int, last date.Date) {
			t.Helper()
			r, err := a.Record(t.Context(), a.worker, a.record)
			if err != nil || len(r.Talks) != want {
				t.Errorf("%s: %d talks stand in the record, want %d: %v", what, len(r.Talks), want, err)
			}
			list, err := a.Caseload(t.Context(), a.worker, "", "")
			if err != nil || len(list.Rows) != 1 || list.Rows[0].LastTalk != last {
				t.Errorf("%s: %+v, %v", what, list.Rows, err)
			}
		}
		alone := a.asks(t, "For you alone.", a.second)
		if p := a.sees(t, a.second); len(p.Asks) != 1 || p.Asks[0].Talk.How != conversation.OwnPage || p.Asks[0].Edition == nil {
			t.Errorf("whom it is for sees %+v", p.Asks)
		}
		counted("for one alone", 0, "")
		a.clock.now = a.clock.now.Add(time.Hour)
		if err := a.OpenOwnAsk(t.Context(), a.young, alone); err != nil {
			t.Fatal(err)
		}
		if p := a.sees(t, a.worker); len(p.Asks) != 1 || p.Asks[0].Talk.How != conversation.OwnPage || p.Asks[0].Edition == nil {
			t.Errorf("a worker sees %+v", p.Asks)
		}
		counted("for everybody who helps", 1, "2026-11-24")
	})
}
