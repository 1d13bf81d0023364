package service_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// crashOrder tells a process that is there to be killed what to write.
const crashOrder = "STABLEFUTURES_TEST_CRASH"

// order is what such a process is told: a worker's records, each written to by one
// goroutine. Ahead is how far the test's clock is from the machine's.
type order struct {
	DSN     string
	Worker  service.Actor
	Records []string
	Ahead   time.Duration
}

// TestProcessThatWrites is no test: it is the process that the tests of crashes start
// and kill. It writes as fast as it can and says what was acknowledged, a line each.
func TestProcessThatWrites(t *testing.T) {
	text := os.Getenv(crashOrder)
	if text == "" {
		t.Skip("this is the process that other tests kill")
	}
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return time.Now().Add(o.Ahead) }
	db, err := store.Open(t.Context(), o.DSN, store.Options{Clock: clock, Master: storetest.Master})
	if err != nil {
		t.Fatal(err)
	}
	s, err := service.New(db, clock, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	say("begun")
	var all sync.WaitGroup
	for _, record := range o.Records {
		all.Go(func() {
			w := crashWriter{Service: s, actor: o.Worker, record: record}
			for n := 0; ; n++ {
				if err := w.talk(t.Context(), n); err != nil {
					say("failed", err.Error())
					if !errors.Is(err, service.ErrAway) {
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// say tells the test one thing. A line is written at once and whole.
func say(what ...any) {
	line := strings.TrimSpace(fmt.Sprintln(append([]any{"said:"}, what...)...))
	if _, err := os.Stdout.WriteString(strings.ReplaceAll(line, "\n", "; ") + "\n"); err != nil {
		os.Exit(1) // nobody listens any more
	}
}

// crashWriter is one worker at one record.
type crashWriter struct {
	*service.Service
	actor  service.Actor
	record string
}

// wordsOf are the words of a reading: what they must be is told by its id.
func wordsOf(reading string) string { return "The words of " + reading }

// talk holds a conversation: a few answers, what is half written on a form, and what
// changed in the register since. Each is said once it was acknowledged.
func (w crashWriter) talk(ctx context.Context, n int) error {
	indicators := framework.Working().Outcomes()[n%3].Indicators
	talk, err := w.StartConversation(ctx, w.actor, w.record, service.NewConversation{ID: w.NewID(), HeldOn: "2026-11-20", Language: "English",
		HelpedBy: []conversation.Help{conversation.Nobody}})
	if err != nil {
		return err
	}
	say("talk", w.record, talk)
	draft := service.NewReading{Conversation: talk, Indicator: indicators[len(indicators)-1].ID, Voice: conversation.YoungPerson}
	for i, indicator := range indicators[:len(indicators)-1] {
		draft.Words = fmt.Sprint(i)
		if err := w.SaveDraft(ctx, w.actor, draft); err != nil {
			return err
		}
		say("draft", w.record, talk, i)
		r := service.NewReading{ID: w.NewID(), Conversation: talk, Indicator: indicator.ID, Voice: conversation.YoungPerson, State: conversation.Answered, Value: 1 + (n+i)%5}
		r.Words = wordsOf(r.ID)
		if _, err := w.SaveReading(ctx, w.actor, r); err != nil {
			return err
		}
		say("reading", w.record, r.ID)
	}
	page, err := w.Register(ctx, w.actor, w.record)
	if err != nil {
		return err
	}
	entry := register.Entry{register.FieldState: string(register.Suspected), register.FieldNote: fmt.Sprint("note ", page.Version+1)}
	if err := w.SaveRegister(ctx, w.actor, w.record, page.Version, entry); err != nil {
		return err
	}
	say("register", w.record, page.Version+1)
	return nil
}
