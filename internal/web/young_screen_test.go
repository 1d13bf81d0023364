package web_test

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/web/drawings"
	"stablefutures/internal/web/webtest"
)

// A young person meets the drawing of an outcome on its card, above its questions
// and beside what they said of it. Staff read words.
func TestEachOutcomeShowsItsDrawing(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 0, "")
	cards := s.get(t, access.Worker, talk).Body
	for _, o := range framework.Working().Outcomes() {
		image, _ := drawings.For(o.Drawing)
		if n := strings.Count(cards, string(image)); n != 1 {
			t.Errorf("the drawing of %s stands %d times on the cards", o.ID, n)
		}
		if !strings.Contains(s.get(t, access.Worker, talk+"/young/"+o.Indicators[0].ID).Body, string(image)) {
			t.Errorf("the drawing of %s is not above its question", o.ID)
		}
	}
	o := framework.Working().Outcomes()[9]
	s.post(t, access.Worker, talk+"/young/"+o.Indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"4"}}).is(t, http.StatusSeeOther)
	image, _ := drawings.For(o.Drawing)
	today := s.get(t, access.Worker, talk+"/today").Body
	if n := strings.Count(today, "sf-drawing"); n != 1 || !strings.Contains(today, string(image)) {
		t.Errorf("what was said on %s stands beside %d drawings", o.ID, n)
	}
	for _, page := range []string{talk + "/said", "/records/" + record + "/outcomes", talk + "/mine/" + o.Indicators[0].ID} {
		if strings.Contains(s.get(t, access.Worker, page).Body, "sf-drawing") {
			t.Errorf("%s repeats its words in drawings", page)
		}
	}
}

// Nobody has to scroll a telephone to go on, not even below the longest question.
func TestGoingOnIsOnTheFirstScreen(t *testing.T) {
	s := newSite(t)
	talk := "/talks/" + s.talk(t, s.young(t, "Semhar Tesfay"), 3, 0, "")
	var indicators []framework.Indicator
	for _, o := range framework.Working().Outcomes() {
		indicators = append(indicators, o.Indicators...)
	}
	words := func(i framework.Indicator) string { return i.Title[framework.YoungPerson]["en"].Text }
	slices.SortFunc(indicators, func(a, b framework.Indicator) int { return cmp.Compare(len(words(b)), len(words(a))) })
	browser := webtest.Start(t)
	for _, i := range indicators[:4] {
		tab := browser.Open(t, webtest.Visit{URL: s.URL + talk + "/young/" + i.ID, Width: 360, Height: 740, Cookies: []*http.Cookie{s.cookies[access.Worker]}})
		if below := webtest.Evaluate[float64](t, tab, `document.querySelector(".sf-young__act .govuk-button").getBoundingClientRect().bottom`); below > 740 {
			t.Errorf("below %q, Next ends at %.0f of 740", words(i), below)
		}
	}
}
