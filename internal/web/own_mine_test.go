package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

// picks are four pictures as the form sends them.
func picks(numbers ...string) url.Values {
	form := url.Values{}
	for i, n := range numbers {
		form.Set("p"+string(rune('1'+i)), n)
	}
	return form
}

// A young person who keeps something to nobody is told what shows it to them again, chooses
// four pictures, and on another day and with another code is shown it by them alone.
func TestWhatIsKeptIsShownAgainByPictures(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	leads := func(p page, to string) {
		t.Helper()
		p.is(t, http.StatusSeeOther)
		if p.Location != to {
			t.Errorf("leads to %s, not %s", p.Location, to)
		}
	}
	record := s.young(t, "Robin Placeholder")
	first := s.come(t, record, "en")
	s.ask(t, http.MethodGet, "/me/about/home.1", nil, first).has(t, "you need four pictures to see it again")
	s.say(t, first, "home.1", "2", "nobody", "Only for me").is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/me/said", nil, first).has(t, "Only for me", `href="/me/mine"`)

	s.ask(t, http.MethodGet, "/me/mine", nil, first).has(t, "Choose four pictures")
	s.ask(t, http.MethodPost, "/me/mine", picks("1", "2"), first).is(t, http.StatusUnprocessableEntity)
	leads(s.ask(t, http.MethodPost, "/me/mine", picks("1", "2", "3", "4"), first), "/me/mine/again")
	s.ask(t, http.MethodPost, "/me/mine/again", picks("1", "2", "3", "5"), first).is(t, http.StatusUnprocessableEntity)
	leads(s.ask(t, http.MethodPost, "/me/mine", picks("1", "2", "3", "4"), first), "/me/mine/again")
	leads(s.ask(t, http.MethodPost, "/me/mine/again", picks("1", "2", "3", "4"), first), "/me/choices")
	s.ask(t, http.MethodGet, "/me/choices", nil, first).has(t, "Your four pictures are chosen.")
	s.ask(t, http.MethodGet, "/me/about/home.2", nil, first).lacks(t, "you need four pictures")

	next := s.come(t, record, "en")
	s.ask(t, http.MethodGet, "/me/said", nil, next).lacks(t, "Only for me")
	s.ask(t, http.MethodGet, "/me/about/home.1", nil, next).lacks(t, "Only for me")
	s.ask(t, http.MethodGet, "/me/choices", nil, next).has(t, "Show what I keep")
	for range 5 {
		p := s.ask(t, http.MethodPost, "/me/mine", picks("4", "3", "2", "1"), next)
		p.is(t, http.StatusUnprocessableEntity)
		p.has(t, "These are not your pictures.")
	}
	rests := s.ask(t, http.MethodPost, "/me/mine", picks("1", "2", "3", "4"), next)
	rests.is(t, http.StatusTooManyRequests)
	rests.has(t, "Try again in one hour.")

	s.now = s.now.Add(time.Hour)
	last := s.come(t, record, "en")
	leads(s.ask(t, http.MethodPost, "/me/mine", picks("1", "2", "3", "4"), last), "/me/said")
	said := s.ask(t, http.MethodGet, "/me/said", nil, last)
	said.has(t, "Only for me")
	said.lacks(t, `href="/me/mine"`)
	s.ask(t, http.MethodGet, "/me/people", nil, last).has(t, "When my page was opened", ", with a code from ")
}
