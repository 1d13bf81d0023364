package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/store/storetest"
	"stablefutures/internal/web"
)

// askedFor is an ask of one record, and a step of its plan.
type askedFor struct{ ask, step string }

// asksSomething has a young person ask for something with a word in it, and puts
// something on their plan.
func (s *site) asksSomething(t *testing.T, by service.Actor, record, word string) askedFor {
	t.Helper()
	in, err := s.GiveOwnCode(t.Context(), by, record, false)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := s.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	y, err := s.OwnSession(t.Context(), by.Authority, token)
	if err != nil {
		t.Fatal(err)
	}
	f := askedFor{s.NewID(), s.NewID()}
	if err := s.AskOwn(t.Context(), y, service.NewAsk{ID: f.ask, Words: "I want " + word, Audience: conversation.Helpers}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddPlanStep(t.Context(), by, record, service.NewStep{ID: f.step, Words: "We bring " + word, Language: "en", Owner: by.Account}); err != nil {
		t.Fatal(err)
	}
	return f
}

// own asks a page of a young person.
func (s *site) own(t testing.TB, cookie *http.Cookie, path string) page {
	t.Helper()
	p := s.ask(t, http.MethodGet, path, nil, cookie)
	p.is(t, http.StatusOK)
	return p
}

func (s *site) sends(t testing.TB, cookie *http.Cookie, path string, form url.Values) page {
	t.Helper()
	p := s.ask(t, http.MethodPost, path, form, cookie)
	p.is(t, http.StatusSeeOther)
	return p
}

var (
	askLink   = regexp.MustCompile(`/me/asks/([a-z0-9]{20,})`)
	hiddenID  = regexp.MustCompile(`name="id" value="([^"]+)"`)
	stepPlace = regexp.MustCompile(`/plan/([a-z0-9]{20,})/done`)
)

func found(t testing.TB, what *regexp.Regexp, p page) string {
	t.Helper()
	m := what.FindStringSubmatch(p.Body)
	if m == nil {
		t.Fatalf("%s is not there:\n%s", what, shortened(p.Body))
	}
	return m[1]
}

// The whole way, on both engines: asked with an answer, seen by the worker, answered,
// read in Arabic, said to have helped, seen by the worker.
func TestFromAnAskToWhetherItHelped(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		s := newSiteOn(t, dsn, "Fernshire Council", false)
		record := s.young(t, "Yusuf Placeholder")
		ar, _ := locale.Of("ar")
		young := s.come(t, record, "ar")
		about := s.own(t, young, "/me/about/home.1")
		answer := url.Values{"id": {found(t, hiddenID, about)}, "answer": {"2"}, "who": {"helpers"}, "ask": {"أريد قفلا لبابي"}}
		s.sends(t, young, "/me/about/home.1", answer)
		s.sends(t, young, "/me/about/home.1", answer) // sent twice is one
		s.own(t, young, "/me/asks").has(t, "أريد قفلا لبابي", ar.Say("ask.waiting"), ar.Say("ask.owner", "name", "Name of worker"), ar.Say("ask.due", "date", "01/12/2026"))

		s.get(t, access.Worker, "/caseload").has(t, "Asked for something on 24 November 2026", "You answer by 1 December 2026", "/records/"+record+"/asks")
		list := s.get(t, access.Worker, "/records/"+record+"/asks")
		list.has(t, "أريد قفلا لبابي", `lang="ar"`, `dir="rtl"`, "Answer it")
		if n := strings.Count(list.Body, "Answer it"); n != 1 {
			t.Errorf("asked %d times", n)
		}
		id := found(t, askLink, s.own(t, young, "/me/asks"))
		s.own(t, young, "/me/asks/"+id).has(t, ar.Say("ask.seen", "name", "Name of worker"))
		path := "/records/" + record + "/asks/" + id
		form := s.get(t, access.Worker, path)
		form.has(t, `data-applies="came" data-applies-values="partly working cannot"`, `data-applies="came" data-applies-values="partly working"`)
		form.has(t, "Space", "How they could say it", "Voice", "Audience", "Influence", "On their own page", "on the same day", ar.Say("reply.working"), ar.Say("why.unsafe"))
		reply := url.Values{"id": {found(t, hiddenID, form)}, "after": {"0"}, "came": {"working"}, "words": {"I called the landlord."}, "language": {"en"}, "by-day": {"5"}, "by-month": {"12"}, "by-year": {"2026"}}
		s.sends(t, s.cookies[access.Worker], path, reply)
		s.sends(t, s.cookies[access.Worker], path, reply)

		s.own(t, young, "/me").has(t, ar.Count("asks.answers", 1))
		read := s.own(t, young, "/me/asks/"+id)
		read.has(t, ar.Say("reply.working"), ar.Say("reply.by", "name", "Name of worker", "date", "24/11/2026"), ar.Say("plan.by", "date", "05/12/2026"), "I called the landlord.", `lang="en" dir="ltr"`,
			ar.Say("reply.language", "language", "English"), ar.Say("helped.title"))
		if n := strings.Count(read.Body, "I called the landlord."); n != 1 {
			t.Errorf("answered %d times", n)
		}
		s.own(t, young, "/me").lacks(t, ar.Count("asks.answers", 1))
		s.own(t, young, "/me/plan").has(t, "I called the landlord.", ar.Say("plan.by", "date", "05/12/2026"), ar.Say("plan.who", "name", "Name of worker"))
		s.ask(t, http.MethodPost, "/me/asks/"+id+"/helped", url.Values{"reply": {"1"}}, young).is(t, http.StatusUnprocessableEntity)
		s.sends(t, young, "/me/asks/"+id+"/helped", url.Values{"reply": {"1"}, "helped": {"yes"}, "words": {"شكرا"}})
		if said, sees := s.own(t, young, "/me/asks/"+id), ar.Say("said.sees", "who", ar.Say("who.helpers")); strings.Count(said.Body, sees) != 2 {
			t.Errorf("who can see what they asked for, and what they say of the answer, is told %d times", strings.Count(said.Body, sees))
		}
		s.get(t, access.Worker, path).has(t, "Yes, it helped", "شكرا", "They read the answer on")
		s.get(t, access.Worker, "/caseload").lacks(t, "Asked for something")

		step := found(t, stepPlace, s.get(t, access.Worker, "/records/"+record+"/asks"))
		s.sends(t, s.cookies[access.Worker], "/records/"+record+"/plan/"+step+"/done", url.Values{})
		s.own(t, young, "/me/plan").has(t, ar.Say("plan.done", "date", "24/11/2026"))
	})
}

// What waits too long is said to both, kindly and with a bar.
func TestALateAnswer(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "en")
	s.sends(t, young, "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {"A bus pass."}, "who": {"helpers"}})
	s.now = s.now.AddDate(0, 0, 8)
	young = s.come(t, record, "en")
	s.own(t, young, "/me/asks").has(t, "The answer is late. That is not your fault.")
	_, manager := s.another(t, "later", access.Manager)
	s.ask(t, http.MethodGet, "/caseload", nil, manager).has(t, "Late: the answer was due by 1 December 2026. Name of worker answers.", `class="sf-waits__bar"`)
	s.ask(t, http.MethodGet, "/caseload?show=asks", nil, manager).has(t, record)
	s.ask(t, http.MethodGet, "/records/"+record+"/asks", nil, manager).has(t, "No answer yet. Late", `class="sf-waits__bar"`)
}

// An ask with an answer that nobody may see asks once more who shall see it: nothing is
// lost, and nothing is shown to whom it was not for.
func TestAnAskBesideWhatNobodySees(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "en")
	form := url.Values{"id": {s.NewID()}, "answer": {"1"}, "who": {"nobody"}, "words": {"Secret."}, "ask": {"Move me."}}
	p := s.ask(t, http.MethodPost, "/me/about/home.1", form, young)
	p.is(t, http.StatusOK)
	p.has(t, "Move me.", `action="/me/asks/new"`, "Who can see this?", `name="about" value="home.1"`)
	p.lacks(t, "Nobody, until I say")
	s.own(t, young, "/me/said").has(t, "Secret.")
	s.own(t, young, "/me/asks").has(t, "You have not asked for anything yet.")
	s.sends(t, young, "/me/asks/new", url.Values{"id": {found(t, hiddenID, p)}, "about": {"home.1"}, "ask": {"Move me."}, "who": {"helpers"}})
	got := s.get(t, access.Worker, "/records/"+record+"/asks")
	got.has(t, "Move me.")
	got.lacks(t, "Secret.")
	for field, wrong := range map[string]url.Values{"This is too long": {"ask": {strings.Repeat("long ", 1000)}, "who": {"helpers"}}, "There is nothing to keep yet.": {"who": {"helpers"}}} {
		p := s.ask(t, http.MethodPost, "/me/asks/new", wrong, young)
		p.is(t, http.StatusUnprocessableEntity)
		p.has(t, field)
	}
}

// What is for one person stands on no page of anybody else: every page of every role.
func TestWhatIsForOnePersonIsOnNoOtherPage(t *testing.T) {
	const canary = "Zqvogelhaus"
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	one, cookie := s.another(t, "chosen", access.Worker)
	s.now = s.now.Add(time.Second)
	if err := s.Allocate(t.Context(), s.actors[access.Manager], record, []string{s.actors[access.Worker].Account, s.actors[access.DutyWorker].Account, s.actors[access.Inspector].Account, one.Account}); err != nil {
		t.Fatal(err)
	}
	young := s.come(t, record, "en")
	s.sends(t, young, "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {"For you: " + canary}, "who": {"one " + one.Account}})
	id := found(t, askLink, s.own(t, young, "/me/asks"))
	path := "/records/" + record + "/asks/" + id
	s.ask(t, http.MethodGet, path, nil, cookie).has(t, canary, "They chose that you alone see it")
	reply := url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"working"}, "words": {"I do " + canary}, "language": {"en"}, "by-day": {"5"}, "by-month": {"12"}, "by-year": {"2026"}}
	s.sends(t, cookie, path, reply)
	s.wants = map[string]askedFor{record: {ask: id}}
	for _, role := range access.Roles {
		for _, pattern := range web.Patterns() {
			if strings.HasPrefix(pattern, "GET ") {
				_, address := s.address(pattern, record, s.NewID())
				p := s.get(t, role, address)
				if strings.Contains(p.Body+p.Location, canary) || strings.Contains(pattern, "{ask}") && p.Status == http.StatusOK {
					t.Errorf("%s sees it at %s", role, pattern)
				}
			}
		}
		s.post(t, role, path, reply).lacks(t, canary)
	}
	s.get(t, access.Manager, "/records/"+record+"/asks").has(t, "has not asked for anything on their own page that you can see", "Nothing is on the plan yet")
	s.own(t, young, "/me/asks/"+id).has(t, "Only \u2068Name of chosen\u2069", "Let others see it")
	s.sends(t, young, "/me/asks/"+id+"/open", url.Values{})
	s.get(t, access.Manager, path).has(t, canary)
}

// What was agreed to can be stopped by the young person, at once.
func TestStopWhatWasAgreedTo(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "en")
	s.own(t, young, "/me/choices").has(t, "You were not asked for anything yet.")
	shared := s.sharesSomething(t, s.actors[access.Worker], record)
	s.own(t, young, "/me/choices").has(t, "sees a part of what is known about me.", "You said yes on", "/me/choices/"+shared.entry+"/stop")
	s.sends(t, young, "/me/choices/"+shared.entry+"/stop", url.Values{})
	s.own(t, young, "/me/choices").has(t, "It was stopped.")
	page := s.get(t, access.Worker, "/records/"+record+"/consent")
	page.has(t, "Nothing is shared now.", "By themselves, on their own page, in English", "the young person")
	s.get(t, access.Worker, "/records/"+record+"/history").has(t, "Took back what they had agreed to, on their own page", "The young person")
}

// A reply of somebody who works with them no more promises nothing of that person, and
// what was chosen stays where words are too long.
func TestWhatIsSaidOfAReplyPromisesNobody(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	one, cookie := s.another(t, "chosen", access.Worker)
	if err := s.Allocate(t.Context(), s.actors[access.Manager], record, []string{s.actors[access.Worker].Account, one.Account}); err != nil {
		t.Fatal(err)
	}
	young := s.come(t, record, "en")
	s.sends(t, young, "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {"A bus pass."}, "who": {"one " + one.Account}})
	path := "/me/asks/" + found(t, askLink, s.own(t, young, "/me/asks"))
	s.sends(t, cookie, "/records/"+record+strings.TrimPrefix(path, "/me"), url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"done"}, "language": {"en"}})

	long := s.ask(t, http.MethodPost, path+"/helped", url.Values{"reply": {"1"}, "helped": {"little"}, "words": {strings.Repeat("long ", 1000)}}, young)
	long.is(t, http.StatusUnprocessableEntity)
	long.has(t, "This is too long", `value="little" checked`)
	s.sends(t, young, path+"/helped", url.Values{"reply": {"1"}, "helped": {"little"}})
	s.own(t, young, path).has(t, "Who can see it: \u2068Only \u2068Name of chosen\u2069\u2069")
	if err := s.Allocate(t.Context(), s.actors[access.Manager], record, []string{s.actors[access.Worker].Account}); err != nil {
		t.Fatal(err)
	}
	gone := s.own(t, young, path)
	gone.has(t, "Who can see it: \u2068Nobody\u2069", "A little")
	gone.lacks(t, "Name of chosen\u2069 can see", "Only \u2068Name of chosen")
}

// Two who answer at once: the second reads the first answer and loses no word.
func TestTwoAnswersAtOnceOnThePage(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "en")
	s.sends(t, young, "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {"A bus pass."}, "who": {"helpers"}})
	path := "/records/" + record + "/asks/" + found(t, askLink, s.own(t, young, "/me/asks"))
	reply := func(role access.Role, after, words string) page {
		return s.post(t, role, path, url.Values{"id": {s.NewID()}, "after": {after}, "came": {"done"}, "words": {words}, "language": {"en"}})
	}
	reply(access.Worker, "0", "I bought it.").is(t, http.StatusSeeOther)
	p := s.get(t, access.Manager, reply(access.Manager, "0", "I ordered it.").Location)
	p.is(t, http.StatusUnprocessableEntity)
	p.has(t, "Somebody else has answered in between", "I bought it.", "I ordered it.", `name="after" value="1"`)
	reply(access.Manager, "1", "I ordered it.").is(t, http.StatusSeeOther)
	s.own(t, young, "/me"+path[strings.LastIndex(path, "/asks"):]).has(t, "I bought it.", "I ordered it.")
}

// What nobody has answered stands before what somebody has, the longest waiting first.
func TestWhatWaitsLongestStandsFirst(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	list := "/records/" + record + "/asks"
	first := func(want string) {
		t.Helper()
		body := s.get(t, access.Worker, list).Body
		if pass, lock := strings.Index(body, "A bus pass"), strings.Index(body, "A lock"); pass < 0 || lock < 0 || (pass < lock) != (want == "A bus pass") {
			t.Errorf("%q is not the first", want)
		}
	}
	for ago, words := range []string{"A lock", "A bus pass"} {
		s.now = today.AddDate(0, 0, -2*(ago+1))
		s.sends(t, s.come(t, record, "en"), "/me/asks/new", url.Values{"id": {s.NewID()}, "ask": {words}, "who": {"helpers"}})
	}
	s.now = today
	first("A bus pass")
	for _, id := range askLink.FindAllStringSubmatch(s.own(t, s.come(t, record, "en"), "/me/asks").Body, -1) {
		if path := list + "/" + id[1]; strings.Contains(s.get(t, access.Worker, path).Body, "A bus pass") {
			s.sends(t, s.cookies[access.Worker], path, url.Values{"id": {s.NewID()}, "after": {"0"}, "came": {"done"}, "language": {"en"}})
		}
	}
	first("A lock")
}
