package service_test

import (
	"errors"
	"slices"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// Who works with a young person is one answer wherever they read or choose it: neither an
// inspector, to whom the record is given to be read, nor somebody whom a restriction
// keeps out.
func TestWhoWorksWithAYoungPersonIsOneAnswer(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		works := func(want ...service.Actor) {
			t.Helper()
			var names []string
			for _, w := range want {
				names = append(names, w.Name)
			}
			talk, err := a.OwnTalk(t.Context(), a.young, "en")
			if err != nil {
				t.Fatal(err)
			}
			var offered []string
			for _, w := range talk.Workers {
				offered = append(offered, w.Name)
			}
			people, err := a.OwnPeople(t.Context(), a.young)
			if err != nil || !slices.Equal(offered, names) || !slices.Equal(people.Workers, names) {
				t.Errorf("offered are %v, read are %v, want %v: %v", offered, people.Workers, names, err)
			}
			for _, who := range []service.Actor{a.worker, a.second, a.inspector} {
				one := service.OwnAnswer{ID: a.NewID(), Indicator: "home.1", State: conversation.DoesNotKnow, Audience: conversation.One, Account: who.Account}
				said := a.SayOwn(t.Context(), a.young, one)
				asked := a.AskOwn(t.Context(), a.young, service.NewAsk{ID: a.NewID(), Words: "Something " + a.NewID(), Audience: conversation.One, Account: who.Account})
				may := slices.Contains(names, who.Name)
				for what, err := range map[string]error{"says": said, "asks": asked} {
					var wrong service.Invalid
					if may != (err == nil) || !may && (!errors.As(err, &wrong) || wrong[0].Field != "who") {
						t.Errorf("they %s something for %s alone: %v", what, who.Username, err)
					}
				}
			}
		}
		works(a.worker, a.second)
		if _, err := a.Restrict(t.Context(), a.lead, a.record, []string{a.lead.Account, a.second.Account}); err != nil {
			t.Fatal(err)
		}
		works(a.second)
		if err := a.EndAccount(t.Context(), a.operator, a.second.Account); err != nil {
			t.Fatal(err)
		}
		works()
	})
}

// Why somebody can see the page is told by what they do: that a record is allocated to an
// inspector, who has it to read, does not say that they work with the young person.
func TestWhoCanSeeIsToldByWhatTheyDo(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		people, err := a.OwnPeople(t.Context(), a.young)
		if err != nil {
			t.Fatal(err)
		}
		why := map[string]string{}
		for _, v := range people.Viewers {
			why[v.Name] = v.Why
		}
		for name, want := range map[string]string{a.worker.Name: "works", a.second.Name: "works", a.inspector.Name: "checks", a.lead.Name: "leads"} {
			if why[name] != want {
				t.Errorf("of %s is said that they %q, want %q", name, why[name], want)
			}
		}
	})
}
