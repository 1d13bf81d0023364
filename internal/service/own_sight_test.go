package service_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// seen is how much of what was kept a session is shown: of each kind, by whom it is for.
func (a *asking) seen(t *testing.T, y service.Young) (list []string) {
	t.Helper()
	talk, err := a.OwnTalk(t.Context(), y, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range talk.Said {
		list = append(list, said.Words)
		if said.Kind == "drawing" {
			_, err := a.OwnFile(t.Context(), y, said.ID)
			if err != nil {
				t.Errorf("the file of what is shown: %v", err)
			}
		}
	}
	asks, err := a.OwnAsks(t.Context(), y, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, ask := range asks {
		list = append(list, ask.Words)
	}
	slices.Sort(list)
	return list
}

func (a *asking) wantSeen(t *testing.T, what string, y service.Young, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := a.seen(t, y); !slices.Equal(got, want) {
		t.Errorf("%s is shown %q, want %q", what, got, want)
	}
}

// keeps says one thing for everybody, one for second alone and one for nobody, and asks
// second alone for something.
func (a *asking) keeps(t *testing.T, y service.Young, mark string) (said, ask string) {
	t.Helper()
	say := func(n service.NewOwnSaid) {
		t.Helper()
		if err := a.SayOwnWay(t.Context(), y, n); err != nil {
			t.Fatal(err)
		}
	}
	said, ask = a.NewID(), a.NewID()
	say(service.NewOwnSaid{ID: a.NewID(), Kind: "words", Words: mark + " all", Audience: conversation.Helpers})
	say(service.NewOwnSaid{ID: a.NewID(), Kind: "words", Words: mark + " second", Audience: conversation.One, Account: a.second.Account})
	say(service.NewOwnSaid{ID: said, Kind: "drawing", Words: mark + " nobody", File: drawn(t), Audience: conversation.NobodyYet})
	if err := a.AskOwn(t.Context(), y, service.NewAsk{ID: ask, Words: mark + " ask", Audience: conversation.One, Account: a.second.Account}); err != nil {
		t.Fatal(err)
	}
	return said, ask
}

// Whoever gives a code and uses it themselves is shown nothing that was kept from them,
// can do nothing with it, and is not told that there is any. Nobody loses what they have
// on a page that is open.
func TestWhoGivesACodeIsNotShownWhatWasKeptFromThem(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		said, ask := a.keeps(t, a.young, "a")
		reply := service.NewReply{ID: a.NewID(), Came: conversation.Done, Words: "Done.", Language: "en"}
		if err := a.AnswerAsk(t.Context(), a.second, a.record, ask, reply); err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "the session in which it was said", a.young, "a all", "a second", "a nobody", "a ask")

		thief := a.come(t, a.worker, a.record)
		a.wantSeen(t, "a session with the worker's code", thief, "a all")
		for what, err := range map[string]error{
			"opens what is kept": a.OpenOwn(t.Context(), thief, said),
			"reads a file":       second(a.OwnFile(t.Context(), thief, said)),
			"reads an ask":       second(a.OwnAsk(t.Context(), thief, ask, "en")),
			"opens an ask":       a.OpenOwnAsk(t.Context(), thief, ask),
			"says that it helped": a.HelpedOwn(t.Context(), thief, ask, 1,
				conversation.HelpedYes, ""),
			"has no lock to open":      a.OpenOwnLock(t.Context(), thief, mine),
			"what is nowhere is alike": a.OpenOwn(t.Context(), thief, "nothing"),
		} {
			if !errors.Is(err, service.ErrNotFound) {
				t.Errorf("a session with the worker's code %s: %v", what, err)
			}
		}
		if n, err := a.OwnUnread(t.Context(), thief); err != nil || n != 0 {
			t.Errorf("%d replies are new: %v", n, err)
		}
		if n, err := a.OwnUnread(t.Context(), a.young); err != nil || n != 1 {
			t.Errorf("%d replies are new where it was asked: %v", n, err)
		}
		a.wantSeen(t, "a session with the code of whom it is for", a.come(t, a.second, a.record), "a all", "a second", "a ask")
		if err := a.OpenOwn(t.Context(), a.young, said); err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "a session with the worker's code, once it was opened", thief, "a all", "a nobody")
		people, err := a.OwnPeople(t.Context(), a.young)
		if err != nil || len(people.Opened) != 3 || !slices.ContainsFunc(people.Opened, func(o service.OwnOpening) bool { return o.Name == a.worker.Name && !o.Device }) {
			t.Errorf("when the page was opened is shown as %+v: %v", people.Opened, err)
		}
	})
}

// Four pictures show it again, in a session of anybody's code. They open nothing that was
// kept before somebody else chose them, and cannot be guessed, changed or taken away.
func TestALockShowsWhatWasKeptAgain(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		a.keeps(t, a.young, "before")
		if err := a.ChooseOwnLock(a.young, mine); err != nil {
			t.Fatal(err)
		}
		if err := a.KeepOwnLock(t.Context(), a.young, wrong); !errors.Is(err, service.ErrOwnPictures) {
			t.Errorf("others the second time: %v", err)
		}
		a.locks(t, a.young, mine)
		a.keeps(t, a.young, "after")
		all := []string{"before all", "before second", "before nobody", "before ask", "after all", "after second", "after nobody", "after ask"}

		next := a.come(t, a.worker, a.record)
		a.wantSeen(t, "the next session", next, "before all", "after all")
		if err := a.ChooseOwnLock(next, wrong); err != nil {
			t.Fatal(err)
		}
		if err := a.KeepOwnLock(t.Context(), next, wrong); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("chosen by somebody who did not open it: %v", err)
		}
		for range service.OwnWrongMost {
			if err := a.OpenOwnLock(t.Context(), next, wrong); !errors.Is(err, service.ErrOwnPictures) {
				t.Errorf("wrong pictures: %v", err)
			}
		}
		if err := a.OpenOwnLock(t.Context(), next, mine); !errors.Is(err, service.ErrOwnLockRests) {
			t.Errorf("after five wrong tries: %v", err)
		}
		a.clock.now = a.clock.now.Add(service.OwnLockWait)
		next = a.come(t, a.worker, a.record)
		if err := a.OpenOwnLock(t.Context(), next, mine); err != nil {
			t.Fatalf("an hour later: %v", err)
		}
		a.wantSeen(t, "the session that knows the pictures", next, all...)
		a.locks(t, next, wrong) // whoever opened it may change it
		last := a.come(t, a.worker, a.record)
		if err := a.OpenOwnLock(t.Context(), last, wrong); err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "a session that knows the new pictures", last, all...)
	})
}

// locks chooses pictures and chooses them again.
func (h *house) locks(t *testing.T, y service.Young, pictures []int) {
	t.Helper()
	if err := h.ChooseOwnLock(y, pictures); err != nil {
		t.Fatal(err)
	}
	if err := h.KeepOwnLock(t.Context(), y, pictures); err != nil {
		t.Fatal(err)
	}
}

func TestALockOfSomebodyElseOpensNothingKeptBefore(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		a.keeps(t, a.young, "a")
		thief := a.come(t, a.worker, a.record)
		a.locks(t, thief, mine)
		a.wantSeen(t, "whoever chose a lock afterwards", thief, "a all")
		again := a.come(t, a.worker, a.record)
		if err := a.OpenOwnLock(t.Context(), again, mine); err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "whoever opens it", again, "a all")
	})
}

// A device that is remembered shows what was kept on it: on it alone, and only once its
// own secret was proved.
func TestADeviceShowsWhatWasKeptOnIt(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		a.keeps(t, a.young, "a")
		kept := a.remembered(t, a.young)
		opens := func(kept string) service.Young {
			t.Helper()
			token, _, err := a.OpenWithPictures(t.Context(), kept, mine)
			if err != nil {
				t.Fatal(err)
			}
			return a.again(t, token)
		}
		all := []string{"a all", "a second", "a nobody", "a ask"}
		a.wantSeen(t, "the device", opens(kept), all...)

		in, err := a.GiveOwnCode(t.Context(), a.worker, a.record, false)
		if err != nil {
			t.Fatal(err)
		}
		token, _, err := a.OpenOwnPage(t.Context(), in.Code, service.Visitor{Remembered: kept})
		if err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "a code on the device", a.again(t, token), "a all")

		thief := a.remembered(t, a.come(t, a.worker, a.record))
		a.wantSeen(t, "another device", opens(thief), "a all")

		anew := opens(kept)
		if err := a.ChooseOwnPictures(anew, mine); err != nil {
			t.Fatal(err)
		}
		replaced, err := a.RememberPictures(t.Context(), anew, mine, kept)
		if err != nil {
			t.Fatal(err)
		}
		a.wantSeen(t, "the same device, remembered anew", opens(replaced), all...)
	})
}

// A device opens on the word of who gave its code. Whoever kept one for themselves is out
// with the end of what they may do, at once; the young person comes back with a code of
// somebody who may give one.
func TestADeviceNeedsTheWordOfSomebodyWhoMayGiveIt(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		here := a.come(t, a.worker, a.record)
		kept := a.remembered(t, here)
		if _, _, err := a.OpenWithPictures(t.Context(), kept, mine); err != nil {
			t.Fatal(err)
		}
		a.works(t, a.second)
		if _, err := a.OwnPeople(t.Context(), here); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a session goes on after whoever gave it lost the young person: %v", err)
		}
		if _, err := a.OwnPeople(t.Context(), a.young); err != nil {
			t.Errorf("a session that somebody else gave: %v", err)
		}
		if _, _, err := a.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnNewCode) {
			t.Errorf("the device of whoever lost the young person: %v", err)
		}
		in, err := a.GiveOwnCode(t.Context(), a.second, a.record, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.OpenOwnPage(t.Context(), in.Code, service.Visitor{Remembered: kept}); err != nil {
			t.Fatal(err)
		}
		token, _, err := a.OpenWithPictures(t.Context(), kept, mine)
		if err != nil {
			t.Fatalf("once a code of somebody who may give it was used: %v", err)
		}
		if err := a.EndAccount(t.Context(), a.operator, a.second.Account); err != nil {
			t.Fatal(err)
		}
		if _, err := a.OwnSession(t.Context(), "999", token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("a session goes on after the account ended: %v", err)
		}
		a.clock.now = a.clock.now.Add(time.Minute)
		if _, _, err := a.OpenWithPictures(t.Context(), kept, mine); !errors.Is(err, service.ErrOwnNewCode) {
			t.Errorf("the device after the account ended: %v", err)
		}
	})
}

// Whoever waits for an answer to "I am not safe" is not put out meanwhile.
func TestNobodyIsPutOutWhileTheyAreNotSafe(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		here := a.come(t, a.worker, a.record)
		id, err := a.SendAlert(t.Context(), here, service.NewAlert{ID: a.NewID()})
		if err != nil {
			t.Fatal(err)
		}
		a.works(t, a.second)
		if err := a.EndAccount(t.Context(), a.operator, a.worker.Account); err != nil {
			t.Fatal(err)
		}
		if _, err := a.OwnAlert(t.Context(), here, id); err != nil {
			t.Errorf("put out while they wait: %v", err)
		}
	})
}

// A young person sees every phone that is remembered, and cuts off whichever is not theirs.
func TestAYoungPersonForgetsAnyPhone(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		thief := a.come(t, a.worker, a.record)
		a.remembered(t, thief)
		list, err := a.OwnDevices(t.Context(), a.young)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v: %v", list, err)
		}
		other := a.come(t, a.worker, a.added(t, a.worker, service.NewChild{Name: "Somebody Else"}))
		if err := a.ForgetOwnDevice(t.Context(), other, list[0].ID); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("somebody else's phone: %v", err)
		}
		for range 2 {
			if err := a.ForgetOwnDevice(t.Context(), a.young, list[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.OwnPeople(t.Context(), thief); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("what was open on it goes on: %v", err)
		}
		if list, err := a.OwnDevices(t.Context(), a.young); err != nil || len(list) != 0 {
			t.Errorf("%+v: %v", list, err)
		}
	})
}

// A lock opens what was kept under it. Whoever chose one on a record that they then link
// with the young person's is shown nothing of what stands under the young person's own.
func TestALockOpensNothingOfALinkedRecord(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		bait := a.added(t, a.worker, service.NewChild{Name: "Yusuf Placeholder", Anyway: true})
		a.locks(t, a.come(t, a.worker, bait), wrong)
		a.clock.now = a.clock.now.Add(time.Minute)
		a.keeps(t, a.young, "a")
		a.locks(t, a.young, mine)
		if err := a.Link(t.Context(), a.lead, bait, a.record); err != nil {
			t.Fatal(err)
		}
		shown := map[string][]int{"whoever chose the other": wrong, "the young person": mine}
		want := map[string][]string{"whoever chose the other": {"a all"}, "the young person": {"a all", "a second", "a nobody", "a ask"}}
		for who, pictures := range shown {
			y := a.come(t, a.lead, min(bait, a.record))
			if err := a.OpenOwnLock(t.Context(), y, pictures); err != nil {
				t.Fatalf("%s: %v", who, err)
			}
			a.wantSeen(t, who, y, want[who]...)
		}
	})
}
