package service_test

import (
	"errors"
	"testing"

	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
)

// Only a language of the pages can be chosen. Where one is taken away, those who chose it
// go on in that in which the pages were written, and so does whoever answers them.
func TestALanguageThatIsNoneAnyMore(t *testing.T) {
	onAsking(t, func(t *testing.T, a *asking) {
		for _, tag := range []string{"xx", "", "../en", "EN"} {
			if err := a.ChooseOwn(t.Context(), a.young, tag, true); !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%q is chosen: %v", tag, err)
			}
		}
		a.asks(t, "A bicycle.")
		kept, quiet := a.remembered(t, a.young), a.come(t, a.worker, a.record)
		spoil(t, a.raw(t), `update own_session set language = 'xx'`)
		token, y, err := a.OpenWithPictures(t.Context(), kept, mine)
		if err != nil || y.Language != "en" || a.again(t, token).Language != "en" {
			t.Errorf("they go on in %q, %v", y.Language, err)
		}
		if r, err := a.Remembered(t.Context(), kept); err != nil || r.Language != "en" {
			t.Errorf("the device speaks %q, %v", r.Language, err)
		}
		if ways, err := a.OwnWaysOf(t.Context(), a.worker, a.record); err != nil || ways.Language != "en" {
			t.Errorf("the worker reads %q, %v", ways.Language, err)
		}
		if p := a.sees(t, a.worker); p.Young.Tag != "en" {
			t.Errorf("they are answered in %q", p.Young.Tag)
		}
		a.young = quiet // who was there when it was taken away
		id := a.asks(t, "A helmet.")
		if err := a.SayOwnWay(t.Context(), quiet, service.NewOwnSaid{Kind: "words", Words: "mine", Audience: conversation.Helpers}); err != nil {
			t.Fatal(err)
		}
		for _, ask := range a.sees(t, a.worker).Asks {
			if ask.ID == id && (ask.Language != "en" || ask.Talk.Language != "English") {
				t.Errorf("asked in %q, in a talk in %q", ask.Language, ask.Talk.Language)
			}
		}
	})
}
