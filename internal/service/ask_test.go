package service_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
)

// asking is a house with a young person on their own page, whom two people work with.
type asking struct {
	*house
	worker, second, lead, inspector service.Actor
	record                          string
	young                           service.Young
}

func onAsking(t *testing.T, test func(t *testing.T, a *asking)) {
	t.Helper()
	onEngines(t, func(t *testing.T, h *house) {
		a := &asking{house: h, worker: h.account(t, "worker", access.Worker), second: h.account(t, "second", access.Worker),
			lead: h.account(t, "lead", access.Manager), inspector: h.account(t, "inspector", access.Inspector)}
		a.record = h.added(t, a.worker, service.NewChild{Name: "Yusuf Placeholder"})
		a.works(t, a.worker)
		a.works(t, a.worker, a.second, a.inspector)
		a.young = h.come(t, a.lead, a.record) // who stays, whoever works with them
		if err := h.ChooseOwn(t.Context(), a.young, "ar", false); err != nil {
			t.Fatal(err)
		}
		test(t, a)
	})
}

// works gives the young person to these people, and to nobody else.
func (a *asking) works(t *testing.T, who ...service.Actor) {
	t.Helper()
	var accounts []string
	for _, w := range who {
		accounts = append(accounts, w.Account)
	}
	a.clock.now = a.clock.now.Add(time.Second)
	if err := a.Allocate(t.Context(), service.Actor{Authority: "999", Account: a.manager(t), Role: access.Manager}, a.record, accounts); err != nil {
		t.Fatal(err)
	}
}

func (a *asking) asks(t *testing.T, words string, one ...service.Actor) (id string) {
	t.Helper()
	n := service.NewAsk{ID: a.NewID(), Words: words, Audience: conversation.Helpers}
	if len(one) > 0 {
		n.Audience, n.Account = conversation.One, one[0].Account
	}
	a.clock.now = a.clock.now.Add(time.Second)
	if err := a.AskOwn(t.Context(), a.young, n); err != nil {
		t.Fatal(err)
	}
	return n.ID
}

func (a *asking) sees(t *testing.T, who service.Actor) service.AsksPage {
	t.Helper()
	p, err := a.AsksOf(t.Context(), who, a.record)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// waits is what waits of asks on somebody's caseload; zero where nothing does.
func (a *asking) waits(t *testing.T, who service.Actor) service.AskWait {
	t.Helper()
	list, err := a.Caseload(t.Context(), who, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range list.Waits {
		if w.Kind == service.ShowAsks {
			return w.Row.Asks
		}
	}
	return service.AskWait{}
}

func (a *asking) own(t *testing.T, id string) service.OwnAsk {
	t.Helper()
	own, err := a.OwnAsk(t.Context(), a.young, id, "ar")
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// What is asked for with an answer is kept with it or not at all, and sent twice is one.
func TestAnAskWithAnAnswerIsOneAct(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		n := service.OwnAnswer{ID: a.NewID(), Indicator: "home.1", State: conversation.Answered, Value: 2, Audience: conversation.Helpers, Ask: strings.Repeat("ab", 2001)}
		var wrong service.Invalid
		if err := a.SayOwn(t.Context(), a.young, n); !errors.As(err, &wrong) || wrong[0].Field != "ask" {
			t.Errorf("an ask that is too long: %v", err)
		}
		kept := n
		kept.Audience, kept.Ask = conversation.NobodyYet, "A lock."
		if err := a.SayOwn(t.Context(), a.young, kept); !errors.As(err, &wrong) {
			t.Errorf("an ask that nobody may see: %v", err)
		}
		if page, err := a.OwnTalk(t.Context(), a.young, "ar"); err != nil || len(page.Said) != 0 {
			t.Fatalf("kept without its ask: %+v, %v", page.Said, err)
		}
		n.Ask = "A lock on my door."
		for range 2 {
			if err := a.SayOwn(t.Context(), a.young, n); err != nil {
				t.Fatal(err)
			}
		}
		p := a.sees(t, a.worker)
		if len(p.Asks) != 1 || p.Asks[0].Words != n.Ask || p.Asks[0].Indicator != "home.1" || p.Asks[0].Outcome != "home" || p.Asks[0].Language != "ar" || p.Asks[0].Talk.How != conversation.OwnPage {
			t.Fatalf("the worker sees %+v", p.Asks)
		}
		n.Ask = "A lock and a key."
		for range 2 {
			if err := a.SayOwn(t.Context(), a.young, n); err != nil {
				t.Fatal(err)
			}
		}
		if p := a.sees(t, a.worker); len(p.Asks) != 2 {
			t.Errorf("the same form with other words: %d asks", len(p.Asks))
		}
		if page, _ := a.OwnTalk(t.Context(), a.young, "ar"); len(page.Said) != 1 {
			t.Errorf("the answer is there %d times", len(page.Said))
		}
	})
}

func TestAnAskIsAnsweredReadAndSaidToHaveHelped(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		id := a.asks(t, "A football club.")
		if w := a.waits(t, a.worker); w.N != 1 || !w.Mine || w.DueOn != "2026-12-01" {
			t.Errorf("on the worker's caseload: %+v", w)
		}
		if w := a.waits(t, a.second); w.N != 0 {
			t.Errorf("on a colleague's caseload: %+v", w)
		}
		if p := a.sees(t, a.second); !p.Asks[0].SeenAt.IsZero() {
			t.Error("seen by who does not answer")
		}
		other := a.asks(t, "Boots.")
		if p, _, err := a.AskOf(t.Context(), a.worker, a.record, other); err != nil || !p.Asks[1].SeenAt.IsZero() || p.Asks[0].SeenAt.IsZero() {
			t.Errorf("one was opened, and seen are %+v, %v", p.Asks, err)
		}
		if err := a.AnswerAsk(t.Context(), a.worker, a.record, other, service.NewReply{ID: a.NewID(), Came: conversation.Done}); err != nil {
			t.Fatal(err)
		}
		a.own(t, other)
		if p := a.sees(t, a.worker); p.Asks[1].SeenBy != a.worker.Account || a.own(t, id).Reader != "Name of worker" {
			t.Errorf("seen by %q", p.Asks[1].SeenBy)
		}
		n := service.NewReply{ID: a.NewID(), Came: conversation.Working, By: "2026-12-05", Words: "I have called them.", Language: "en"}
		for range 2 {
			if err := a.AnswerAsk(t.Context(), a.worker, a.record, id, n); err != nil {
				t.Fatal(err)
			}
		}
		if new, err := a.OwnUnread(t.Context(), a.young); err != nil || new != 1 {
			t.Errorf("new: %d, %v", new, err)
		}
		steps, err := a.OwnPlan(t.Context(), a.young)
		if err != nil || len(steps) != 1 || steps[0].Words != n.Words || steps[0].By != "2026-12-05" || steps[0].Name != "Name of worker" {
			t.Errorf("the plan: %+v, %v", steps, err)
		}
		own := a.own(t, id)
		if r, ok := own.Latest(); !ok || r.Came != conversation.Working || r.Name != "Name of worker" || len(own.Replies) != 1 {
			t.Fatalf("they read %+v", own.Replies)
		}
		if new, _ := a.OwnUnread(t.Context(), a.young); new != 0 {
			t.Errorf("new after it was read: %d", new)
		}
		if err := a.HelpedOwn(t.Context(), a.young, id, 1, conversation.HelpedLittle, "I go on Friday."); err != nil {
			t.Fatal(err)
		}
		r, _ := a.sees(t, a.second).Asks[1].Latest()
		if r.Helped != conversation.HelpedLittle || r.HelpedWords != "I go on Friday." || r.ReadAt.IsZero() {
			t.Errorf("the worker sees %+v", r)
		}
		done := service.NewReply{ID: a.NewID(), Came: conversation.Done, After: 1}
		if err := a.AnswerAsk(t.Context(), a.worker, a.record, id, done); err != nil {
			t.Fatal(err)
		}
		if steps, _ = a.OwnPlan(t.Context(), a.young); len(steps) != 1 || steps[0].DoneOn != "2026-11-24" {
			t.Errorf("the plan after it was done: %+v", steps)
		}
		if w := a.waits(t, a.worker); w.N != 0 {
			t.Errorf("what was answered waits: %+v", w)
		}
	})
}

func TestARefusalHasAReasonAndEndsWhatWasPromised(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		id := a.asks(t, "My own flat.")
		reply := func(n service.NewReply) error {
			n.ID = a.NewID()
			return a.AnswerAsk(t.Context(), a.worker, a.record, id, n)
		}
		var wrong service.Invalid
		for why, n := range map[string]service.NewReply{
			"no without a reason":         {Came: conversation.Cannot},
			"a reason of no list":         {Came: conversation.Partly, Why: "tired"},
			"nothing":                     {},
			"a day that is over":          {Came: conversation.Working, By: "2026-11-01"},
			"words of no language":        {Came: conversation.Done, Words: "Done", Language: "xx"},
			"words that are far too long": {Came: conversation.Done, Words: strings.Repeat("ش", 4001), Language: "ar"},
		} {
			if err := reply(n); !errors.As(err, &wrong) {
				t.Errorf("%s is taken: %v", why, err)
			}
		}
		if err := reply(service.NewReply{Came: conversation.Working, By: "2026-12-05"}); err != nil {
			t.Fatal(err)
		}
		if steps, _ := a.OwnPlan(t.Context(), a.young); len(steps) != 1 || steps[0].Words != "My own flat." || steps[0].Language != "ar" {
			t.Errorf("a step without words of its own: %+v", steps)
		}
		if err := reply(service.NewReply{Came: conversation.Cannot, Why: conversation.TheLaw, After: 1}); err != nil {
			t.Fatal(err)
		}
		if steps, _ := a.OwnPlan(t.Context(), a.young); len(steps) != 0 {
			t.Errorf("still on the plan: %+v", steps)
		}
	})
}

// Of two who reply at once the second is told of the first, and both are kept.
func TestTwoRepliesAtOnce(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		id := a.asks(t, "A bus pass.")
		errs := make([]error, 2)
		var all sync.WaitGroup
		for n, who := range []service.Actor{a.worker, a.second} {
			all.Go(func() {
				errs[n] = a.AnswerAsk(t.Context(), who, a.record, id, service.NewReply{ID: a.NewID(), Came: conversation.Done, Words: who.Name, Language: "en"})
			})
		}
		all.Wait()
		late := slices.IndexFunc(errs, func(err error) bool { return err != nil })
		var wrong service.Invalid
		if late < 0 || errs[1-late] != nil || !errors.As(errs[late], &wrong) {
			t.Fatalf("two at once: %v", errs)
		}
		who := []service.Actor{a.worker, a.second}[late]
		if err := a.AnswerAsk(t.Context(), who, a.record, id, service.NewReply{ID: a.NewID(), Came: conversation.Partly, Words: who.Name, Language: "en", After: 1}); err != nil {
			t.Fatal(err)
		}
		own := a.own(t, id)
		if r, _ := own.Latest(); len(own.Replies) != 2 || r.Came != conversation.Partly || r.RepliedBy != who.Account {
			t.Errorf("kept: %+v", own.Replies)
		}
	})
}

// Where who answered cannot any more, it goes to who works with them now; where nobody
// does, to the managers; and back, where they come back.
func TestAnAskWaitsForNobodyWhoLeft(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		id := a.asks(t, "A dentist.")
		if w := a.waits(t, a.lead); w.N != 0 {
			t.Errorf("a manager sees what a worker answers in time: %+v", w)
		}
		a.works(t, a.second)
		if w := a.waits(t, a.second); !w.Mine || a.own(t, id).Answers != "Name of second" {
			t.Errorf("goes to %+v", w)
		}
		a.works(t)
		if w := a.waits(t, a.lead); w.N != 1 || w.Mine || w.Answers != "" || a.own(t, id).Answers != "" {
			t.Errorf("nobody works with them: %+v", w)
		}
		unowned := a.asks(t, "A lawyer.")
		if w := a.waits(t, a.lead); w.N != 2 {
			t.Errorf("asked while nobody works with them: %+v", w)
		}
		a.works(t, a.worker)
		if a.own(t, id).Answers != "Name of worker" || a.own(t, unowned).Answers != "Name of worker" {
			t.Error("does not come back")
		}
		a.clock.now = a.clock.now.AddDate(0, 0, 8)
		if w := a.waits(t, a.lead); w.N != 2 || w.Answers != "Name of worker" {
			t.Errorf("a manager does not see what is late: %+v", w)
		}
		if p := a.sees(t, a.worker); !p.Asks[0].Late {
			t.Error("is not late")
		}
	})
}

// What is for one person is on nobody else's page, in no list, count, file or plan, and
// the log does not tell that there is anything. Canaries are looked for in all of it.
func TestWhatIsForOnePersonIsForNobodyElse(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		const canary = "Zqkanarienvogel"
		before := len(a.everything(t))
		id := a.asks(t, "My secret is "+canary, a.second)
		if p := a.sees(t, a.second); len(p.Asks) != 1 || a.waits(t, a.second).N != 1 {
			t.Fatalf("whom it is for sees %+v", p.Asks)
		}
		reply := service.NewReply{ID: a.NewID(), Came: conversation.Working, By: "2026-12-05", Words: "I keep " + canary, Language: "en"}
		if err := a.AnswerAsk(t.Context(), a.second, a.record, id, reply); err != nil {
			t.Fatal(err)
		}
		if err := a.HelpedOwn(t.Context(), a.young, id, 1, conversation.HelpedYes, "Thanks, "+canary); err != nil {
			t.Fatal(err)
		}
		if text := a.everything(t); strings.Contains(text, canary) || strings.Contains(text, id) {
			t.Errorf("somebody else sees it: %s", text[:min(before, 400)])
		}
		for _, who := range []service.Actor{a.worker, a.lead, a.inspector} {
			if p := a.sees(t, who); len(p.Asks)+len(p.Steps) != 0 || a.waits(t, who).N != 0 {
				t.Errorf("%s sees %+v %+v", who.Username, p.Asks, p.Steps)
			}
			if _, _, err := a.AskOf(t.Context(), who, a.record, id); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s opens it: %v", who.Username, err)
			}
			err := a.AnswerAsk(t.Context(), who, a.record, id, service.NewReply{ID: a.NewID(), Came: conversation.Done, After: 1})
			if !errors.Is(err, service.ErrNotFound) && !errors.Is(err, service.ErrRefused) {
				t.Errorf("%s answers it: %v", who.Username, err)
			}
		}
		step := a.sees(t, a.second).Steps[0].ID
		if err := a.FinishPlanStep(t.Context(), a.worker, a.record, step); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a colleague finishes its step: %v", err)
		}
		a.works(t, a.worker)
		if own := a.own(t, id); !own.Gone || own.Answers != "" || a.waits(t, a.lead).N != 0 {
			t.Errorf("after whom it was for has left: %+v", own)
		}
		if err := a.OpenOwnAsk(t.Context(), a.young, id); err != nil {
			t.Fatal(err)
		}
		if p := a.sees(t, a.worker); len(p.Asks) != 1 || p.Asks[0].Answers != a.worker.Account || len(p.Steps) != 1 {
			t.Errorf("after it was opened: %+v", p.Asks)
		}
	})
}

// everything is what others than whom it is for can see of it all, as text.
func (a *asking) everything(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	for _, who := range []service.Actor{a.worker, a.lead, a.inspector} {
		list, err := a.Caseload(t.Context(), who, "", "")
		if err != nil {
			t.Fatal(err)
		}
		record, err := a.Record(t.Context(), who, a.record)
		if err != nil {
			t.Fatal(err)
		}
		trail, err := a.History(t.Context(), who, a.record)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range trail.Log {
			if strings.Contains(e.Act+e.Detail, "ask ") || strings.Contains(e.Act, "answer") && e.Act != "read asked for and answered" {
				t.Errorf("the log tells: %q %q", e.Act, e.Detail)
			}
		}
		fmt.Fprintf(&out, "%+v %+v %+v %+v", list, record, trail, a.sees(t, who))
	}
	figures, err := a.AskFigures(t.Context(), a.lead)
	if err != nil || figures.Cell(service.AsksAsked).String() != "0" {
		t.Errorf("counted: %v, %v", figures.Cell(service.AsksAsked), err)
	}
	var file bytes.Buffer
	if _, err := a.ExportReadings(t.Context(), a.operator, &file, template.CSV); err != nil {
		t.Fatal(err)
	}
	return out.String() + file.String()
}
