package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// The pages of asks, empty, waiting, answered and wrong, of staff and of the young person,
// whose answer is in another script than their page: axe finds nothing there, at any
// width, with and without script. None of the young person's is heavy.
func TestPagesOfAsksInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "ar")
	staff := s.cookies[access.Worker]
	look := func(name, path string, cookie *http.Cookie, refusal bool) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Refusal: refusal, Cookies: []*http.Cookie{cookie}})
		})
		if strings.HasPrefix(path, "/me") {
			if bytes, requests := s.weigh(t, path, cookie); bytes > mostWeight || requests > 2 {
				t.Errorf("%s weighs %d bytes in %d requests", name, bytes, requests)
			}
		}
	}
	list := "/records/" + record + "/asks"
	look("nothing was asked for", list, staff, false)
	look("they have asked for nothing", "/me/asks", young, false)
	look("they ask", "/me/asks/new", young, false)
	look("nothing to count", "/asks/figures", s.cookies[access.ParticipationLead], false)

	s.sends(t, young, "/me/about/home.1", url.Values{"id": {s.NewID()}, "answer": {"2"}, "who": {"helpers"}, "ask": {strings.Repeat("أريد قفلا لبابي ", 60)}})
	id := found(t, askLink, s.own(t, young, "/me/asks"))
	look("it waits", "/me/asks", young, false)
	look("one that waits", "/me/asks/"+id, young, false)
	look("asked for", list, staff, false)
	look("what waits first", "/caseload", staff, false)
	look("before it is answered", list+"/"+id, staff, false)
	wrong := s.ask(t, http.MethodPost, list+"/"+id, url.Values{"came": {"cannot"}, "by-day": {"40"}}, staff)
	look("an answer with errors", wrong.Location, staff, true)
	wrong = s.ask(t, http.MethodPost, "/records/"+record+"/plan", url.Values{}, staff)
	look("a plan with errors", wrong.Location, staff, true)

	reply := url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"partly"}, "why": {"time"}, "words": {"I called the landlord. " + strings.Repeat("long", 30)}, "language": {"en"}, "by-day": {"5"}, "by-month": {"12"}, "by-year": {"2026"}}
	s.sends(t, staff, list+"/"+id, reply)
	look("there is an answer", "/me", young, false)
	look("the answer", "/me/asks/"+id, young, false)
	s.sends(t, young, "/me/asks/"+id+"/helped", url.Values{"reply": {"1"}, "helped": {"little"}, "words": {"شكرا"}})
	look("it helped a little", "/me/asks/"+id, young, false)
	look("what will be done", "/me/plan", young, false)
	look("answered", list, staff, false)
	look("answered, one", list+"/"+id, staff, false)
	s.sharesSomething(t, s.actors[access.Worker], record)
	look("what they agreed to", "/me/choices", young, false)
}
