package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// come gives a young person's session, in from a code that a worker gave.
func (h *house) come(t *testing.T, worker service.Actor, record string) service.Young {
	t.Helper()
	in, err := h.GiveOwnCode(t.Context(), worker, record, false)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := h.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return h.again(t, token)
}

func (h *house) again(t *testing.T, token string) service.Young {
	t.Helper()
	y, err := h.OwnSession(t.Context(), "999", token)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func TestACodeOpensOnePageOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker := h.account(t, "worker", access.Worker)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		visitor := service.Visitor{Address: "192.0.2.1"}
		open := func(code string) error {
			_, _, err := h.OpenOwnPage(t.Context(), code, visitor)
			return err
		}
		give := func() string {
			in, err := h.GiveOwnCode(t.Context(), worker, record, false)
			if err != nil {
				t.Fatal(err)
			}
			return in.Code
		}
		first := give()
		second := give()
		if err := open(first); !errors.Is(err, service.ErrOwnCode) {
			t.Errorf("a code opens after a newer one was given: %v", err)
		}
		arabic := strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩").Replace(second)
		if err := open(arabic); err != nil {
			t.Errorf("a code typed with Arabic digits: %v", err)
		}
		if err := open(second); !errors.Is(err, service.ErrOwnCode) {
			t.Errorf("a code opens twice: %v", err)
		}
		late := give()
		h.clock.now = h.clock.now.Add(service.OwnCodeFor + time.Second)
		if err := open(late); !errors.Is(err, service.ErrOwnCode) {
			t.Errorf("an old code opens: %v", err)
		}
		other := h.account(t, "other", access.Worker)
		if _, err := h.GiveOwnCode(t.Context(), other, record, false); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a worker who does not work with them gives a code: %v", err)
		}
	})
}

// What a young person keeps to one person, or to nobody yet, is no reading: it stands in
// no page of the record, no count and no export until they open it.
func TestWhatIsKeptIsNoReadingUntilItIsOpened(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		worker, manager := h.account(t, "worker", access.Worker), h.account(t, "the-manager", access.Manager)
		record := h.added(t, worker, service.NewChild{Name: "Yusuf Placeholder"})
		y := h.come(t, worker, record)
		say := func(a conversation.Audience, account, words string, value int) {
			t.Helper()
			h.clock.now = h.clock.now.Add(time.Second)
			err := h.SayOwn(t.Context(), y, service.OwnAnswer{ID: h.NewID(), Indicator: "home.1", State: conversation.Answered, Value: value, Words: words, Audience: a, Account: account})
			if err != nil {
				t.Fatal(err)
			}
		}
		say(conversation.Helpers, "", "for all", 4)
		say(conversation.One, worker.Account, "for one", 1)
		say(conversation.NobodyYet, "", "for nobody", 2)
		page, err := h.OwnTalk(t.Context(), y, "en")
		if err != nil || len(page.Said) != 3 || page.Said[0].Words != "for nobody" {
			t.Fatalf("they see of their own: %+v, %v", page.Said, err)
		}
		seen := func(actor service.Actor) (words []string) {
			r, err := h.Record(t.Context(), actor, record)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range r.Words {
				words = append(words, w.Words.Words)
			}
			return words
		}
		if got := seen(manager); len(got) != 1 || got[0] != "for all" {
			t.Errorf("a manager sees %q", got)
		}
		h.clock.now = h.clock.now.Add(time.Second)
		if err := h.OpenOwn(t.Context(), y, page.Said[0].ID); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(seen(manager), ", "); got != "for nobody" {
			t.Errorf("after it was opened a manager sees %q", got)
		}
	})
}
