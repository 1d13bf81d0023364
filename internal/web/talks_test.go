package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/web/webtest"
)

func talkForm(id string) url.Values {
	return url.Values{"id": {id}, "held-on-day": {"20"}, "held-on-month": {"11"}, "held-on-year": {"2026"},
		"language": {"Tigrinya"}, "helped-by": {"interpreter", "read-aloud"}}
}

func TestAConversationBeginsOnceAndLeadsToTheCards(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	s.get(t, access.Worker, "/records/"+record+"/talk").has(t, "Who helps the young person", "Interpreter")
	form := talkForm(s.NewID())
	first := s.post(t, access.Worker, "/records/"+record+"/talk", form)
	first.is(t, http.StatusSeeOther)
	if again := s.post(t, access.Worker, "/records/"+record+"/talk", form); again.Location != first.Location {
		t.Errorf("the form sent twice began two conversations: %s and %s", first.Location, again.Location)
	}
	cards := s.get(t, access.Worker, first.Location)
	for _, o := range framework.Working().Outcomes() {
		cards.has(t, o.Title[framework.YoungPerson]["en"].Text)
	}
	cards.has(t, "not the published CSF-POF")
	cards.lacks(t, "Semhar") // the screen is turned to the young person, and others may see it
}

func TestADayInTheFutureIsRefusedAndWhatWasTypedIsKept(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	form := talkForm(s.NewID())
	form.Set("held-on-year", "2027")
	p := s.submit(t, access.Worker, "/records/"+record+"/talk", form)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "in the future", `value="Tigrinya"`, `value="2027"`, `href="#held-on-day"`)
}

// Each answer, and each of the four states, is kept as it is given, is shown in
// the words of the edition, and can be corrected; the correction leaves history.
func TestAnswersStatesAndCorrections(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 0, "")
	e := framework.Working()
	indicators := e.Outcomes()[9].Indicators
	given := []string{"4", "does-not-want-to-say", "does-not-know", "not-part-of-my-life"}
	for n, i := range indicators {
		p := s.post(t, access.Worker, talk+"/young/"+i.ID, url.Values{"id": {s.NewID()}, "answer": {given[n]}, "words": {"I lock my door " + i.ID}})
		p.is(t, http.StatusSeeOther)
		want := talk // after the last indicator, back to the cards
		if n+1 < len(indicators) {
			want = talk + "/young/" + indicators[n+1].ID
		}
		if p.Location != want {
			t.Errorf("after %s the page leads to %s, not to %s", i.ID, p.Location, want)
		}
	}
	said := s.get(t, access.Worker, talk+"/said")
	said.has(t, "1 answer by the young person, and 3 times", "Mostly", "I don&#39;t want to say", "I don&#39;t know", "It is not part of my life", "I lock my door "+indicators[3].ID)

	shown := s.get(t, access.Worker, talk+"/young/"+indicators[0].ID)
	shown.has(t, `value="4" checked`, "I lock my door")
	replaces := between(shown.Body, `name="replaces" value="`, `"`)
	s.post(t, access.Worker, talk+"/young/"+indicators[0].ID, url.Values{"id": {s.NewID()}, "replaces": {replaces}, "answer": {"2"}}).is(t, http.StatusSeeOther)
	history := s.get(t, access.Worker, "/records/"+record+"/outcomes/"+e.Outcomes()[9].ID)
	history.has(t, "corrected since", "a correction", "A little")
	s.post(t, access.Worker, talk+"/young/"+indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"not-talked-about"}}).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, talk+"/said").has(t, "We have not talked about it")
}

func between(text, before, after string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, after)
	return text
}

func TestNobodyHasToAnswer(t *testing.T) {
	s := newSite(t)
	talk := "/talks/" + s.talk(t, s.young(t, "Semhar Tesfay"), 3, 0, "")
	i := framework.Working().Outcomes()[0].Indicators[0].ID
	s.post(t, access.Worker, talk+"/young/"+i, url.Values{"id": {s.NewID()}}).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, talk+"/said").has(t, "has not answered anything yet")
	s.get(t, access.Worker, talk+"/today").has(t, "You have not said anything yet")
	s.post(t, access.Worker, talk+"/young/"+i, url.Values{"id": {s.NewID()}, "words": {"only words"}}).is(t, http.StatusSeeOther)
	for _, page := range []string{"/said", "/today", "/young/" + i} {
		s.get(t, access.Worker, talk+page).has(t, "only words")
	}
}

// What the young person looks at after a conversation shows what they said, and
// nothing of what a worker thinks.
func TestWhatYouSaidTodayIsTheirsAlone(t *testing.T) {
	s := newSite(t)
	talk := "/talks/" + s.talk(t, s.young(t, "Semhar Tesfay"), 3, 0, "")
	i := framework.Working().Outcomes()[9].Indicators[0]
	s.post(t, access.Worker, talk+"/young/"+i.ID, url.Values{"id": {s.NewID()}, "answer": {"4"}, "words": {"I can lock my door"}}).is(t, http.StatusSeeOther)
	s.post(t, access.Worker, talk+"/mine/"+i.ID, url.Values{"id": {s.NewID()}, "answer": {"1"}, "evidence": {string(conversation.Seen)}, "words": {"She hides something"}}).is(t, http.StatusSeeOther)
	today := s.get(t, access.Worker, talk+"/today")
	today.has(t, "I feel safe in my home", "Mostly", "I can lock my door", "Name of worker", "their managers")
	for _, staff := range []string{"She hides something", "Not at all", "Caseload", "Semhar"} {
		if strings.Contains(today.Body, staff) {
			t.Errorf("the young person's page shows %q", staff)
		}
	}
	if cards := s.get(t, access.Worker, talk); strings.Contains(cards.Body, talk+"/said") {
		t.Error("the cards lead straight to the staff's page")
	}
}

// A form that keeps itself sends the same again after a broken connection: one
// reading. Two people who answer at once leave two, and both are shown.
func TestNothingIsLostByTwoAtOnceOrByARetry(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 0, "")
	i := framework.Working().Outcomes()[0].Indicators[0].ID
	form := url.Values{"id": {s.NewID()}, "answer": {"5"}}
	for range 2 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+talk+"/young/"+i, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Autosave", "1")
		s.send(t, r, s.cookies[access.Worker]).is(t, http.StatusNoContent)
	}
	s.get(t, access.Worker, talk+"/said").has(t, "1 answer by the young person")
	s.post(t, access.Manager, talk+"/young/"+i, url.Values{"id": {s.NewID()}, "answer": {"2"}}).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, talk+"/said").has(t, "A little", "Yes", "both are kept", "Name of manager", "Name of worker")
	s.get(t, access.Worker, talk+"/young/"+i).has(t, "Both are kept", `value="5" checked`)
	s.get(t, access.Manager, "/records/"+record+"/outcomes/"+framework.Working().Outcomes()[0].ID).has(t, "A little · Yes", "two people wrote it down at the same time")
}

// The session ends while somebody answers: the answer waits for the account whose
// session it was, and is offered after signing in.
func TestAnAnswerOutlivesTheSession(t *testing.T) {
	s := newSite(t)
	talk := "/talks/" + s.talk(t, s.young(t, "Semhar Tesfay"), 3, 0, "")
	i := framework.Working().Outcomes()[0].Indicators[0].ID
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, talk+"/young/"+i, url.Values{"id": {s.NewID()}, "answer": {"5"}, "words": {"It is quiet."}})
	asked.is(t, http.StatusSeeOther)
	resumed := s.signIn(t, string(access.Worker), asked)
	resumed.is(t, http.StatusOK)
	resumed.has(t, "Nothing was lost", "It is quiet.", talk+"/young/"+i)
}

func TestAWorkersOwnReadingStandsApart(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 0, "")
	o := framework.Working().Outcomes()[0]
	s.post(t, access.Worker, talk+"/young/"+o.Indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"1"}}).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, talk+"/mine/"+o.Indicators[0].ID).has(t, "The young person said “No, not at all”", "What does it rest on?")
	s.submit(t, access.Worker, talk+"/mine/"+o.Indicators[0].ID, url.Values{"id": {s.NewID()}}).is(t, http.StatusUnprocessableEntity)
	s.submit(t, access.Worker, talk+"/mine/"+o.Indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"4"}}).has(t, "Say what your reading rests on")
	s.post(t, access.Worker, talk+"/mine/"+o.Indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"4"}, "evidence": {string(conversation.Seen)}}).is(t, http.StatusSeeOther)
	outcomes := s.get(t, access.Worker, "/records/"+record+"/outcomes")
	outcomes.has(t, "The voices are 3 steps apart on “", "1 of 25", "There is no total, on purpose", "Not talked about yet")
	s.get(t, access.Worker, "/records/"+record+"/outcomes?table").has(t, "3 steps")
	s.get(t, access.Worker, "/records/"+record+"/outcomes/"+o.ID).has(t, "What I have seen")
	// To another question it sets nobody apart.
	other := framework.Working().Outcomes()[1]
	s.post(t, access.Worker, talk+"/young/"+other.Indicators[0].ID, url.Values{"id": {s.NewID()}, "answer": {"1"}}).is(t, http.StatusSeeOther)
	s.post(t, access.Worker, talk+"/mine/"+other.Indicators[1].ID, url.Values{"id": {s.NewID()}, "answer": {"5"}, "evidence": {string(conversation.Seen)}}).is(t, http.StatusSeeOther)
	if n := strings.Count(s.get(t, access.Worker, "/records/"+record+"/outcomes").Body, "steps apart"); n != 1 {
		t.Errorf("the voices are apart on %d outcomes, want the one on which both spoke of the same", n)
	}
}

func TestConversationsAreForThoseWhoWorkWithTheYoungPerson(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 2, "It is quiet.")
	_, stranger := s.another(t, "stranger", access.Worker)
	i := framework.Working().Outcomes()[0].Indicators[0].ID
	for _, path := range []string{talk, talk + "/said", talk + "/young/" + i, talk + "/mine/" + i, "/records/" + record + "/outcomes", "/records/" + record} {
		p := s.ask(t, http.MethodGet, path, nil, stranger)
		if p.Status != http.StatusNotFound || strings.Contains(p.Body, "It is quiet.") {
			t.Errorf("a worker who does not have the young person gets %d at %s", p.Status, path)
		}
	}
	p := s.ask(t, http.MethodPost, talk+"/young/"+i, url.Values{"answer": {"1"}}, stranger)
	p.is(t, http.StatusNotFound)
	for _, wrong := range []string{"home.99", "nothing", "../said"} {
		if p := s.get(t, access.Worker, talk+"/young/"+url.PathEscape(wrong)); p.Status != http.StatusNotFound {
			t.Errorf("indicator %q: %d", wrong, p.Status)
		}
	}
	for _, answer := range []string{"0", "6", "-1", "answered", "maybe", "99999999999999999999"} {
		if p := s.submit(t, access.Worker, talk+"/young/"+i, url.Values{"answer": {answer}}); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("answer %q was taken: %d", answer, p.Status)
		}
	}
}

func TestConversationPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	empty, full := s.young(t, "Semhar Tesfay"), s.young(t, "Duc Nguyen")
	s.refer(t, full)
	talk, fresh := "/talks/"+s.talk(t, full, 2, 6, "Still waiting."), "/talks/"+s.talk(t, empty, 2, 0, "")
	i := framework.Working().Outcomes()[0].Indicators[0].ID
	s.post(t, access.Manager, talk+"/young/"+i, url.Values{"id": {s.NewID()}, "answer": {"1"}}).is(t, http.StatusSeeOther) // at the same time
	s.post(t, access.Worker, fresh+"/young/"+i, url.Values{"id": {s.NewID()}, "words": {"in words alone"}}).is(t, http.StatusSeeOther)
	browser := webtest.Start(t)
	for n, path := range []string{
		"/caseload", "/records/" + full, "/records/" + empty, "/records/" + full + "/history", "/records/" + full + "/talk",
		talk, talk + "/young/" + i, talk + "/mine", talk + "/mine/" + i, talk + "/said", fresh + "/said", talk + "/today", fresh + "/today",
		"/records/" + full + "/outcomes", "/records/" + empty + "/outcomes", "/records/" + full + "/outcomes?table", "/records/" + full + "/outcomes/equality",
	} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{s.cookies[access.Worker]}})
		})
	}
}
