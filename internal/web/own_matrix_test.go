package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

const (
	ownOnly = "a young person, for themselves"
	anybody = "anybody: nothing of anybody is there"
)

// ownPolicy is who may come to which of the young people's routes, written from what they
// are for. A route that is not here fails the test.
var ownPolicy = map[string]string{
	"GET /in": anybody, "GET /in/{code}": anybody, "POST /in": anybody, "GET /closed": anybody, "POST /me/leave": anybody,
	"GET /me": ownOnly, "GET /me/language": ownOnly, "POST /me/language": ownOnly, "GET /me/first": ownOnly, "GET /me/cards": ownOnly,
	"GET /me/about/{indicator}": ownOnly, "POST /me/about/{indicator}": ownOnly, "GET /me/said": ownOnly, "POST /me/said/{said}": ownOnly,
	"GET /me/asks": ownOnly, "GET /me/own": ownOnly, "POST /me/own": ownOnly, "GET /me/file/{said}": ownOnly, "GET /me/sound/{key}": ownOnly, "GET /me/language/{language}": ownOnly, "GET /me/asks/new": ownOnly, "POST /me/asks/new": ownOnly, "GET /me/asks/{ask}": ownOnly, "POST /me/asks/{ask}/open": ownOnly,
	"POST /me/asks/{ask}/helped": ownOnly, "GET /me/plan": ownOnly, "POST /me/choices/{entry}/stop": ownOnly,
	"POST /in/ask": anybody, "GET /me/now": ownOnly, "POST /me/now": ownOnly, "GET /me/now/{alert}": ownOnly,
	"GET /me/choices/phone": ownOnly, "POST /me/choices/phone": ownOnly, "GET /me/choices/phone/again": ownOnly, "POST /me/choices/phone/again": ownOnly,
	"POST /me/choices/phone/key/ask": ownOnly, "POST /me/choices/phone/key": ownOnly, "POST /me/choices/phone/forget": ownOnly,
	"GET /me/mine": ownOnly, "POST /me/mine": ownOnly, "GET /me/mine/again": ownOnly, "POST /me/mine/again": ownOnly, "POST /me/choices/phones/{phone}/forget": ownOnly,
	"GET /me/people": ownOnly, "GET /me/choices": ownOnly, "POST /me/choices/pictures": ownOnly,
}

// ownAddress fills a pattern of a young person's page in with what belongs to one of them.
func (w ownWorld) address(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.NewReplacer("{indicator}", "home.1", "{code}", "123456789012", "{said}", w.said, "{ask}", w.ask, "{entry}", w.entry, "{alert}", w.alert, "{phone}", w.phone, "{key}", "first.what", "{language}", "ti").Replace(path)
	return method, placeholder.ReplaceAllString(path, "none")
}

// ownWorld is a young person who said and asked things, with the canary word in each.
type ownWorld struct {
	record string
	cookie *http.Cookie
	said   string
	ask    string // of the worker alone
	entry  string // of the ledger of consent
	alert  string
	phone  string // that is remembered
}

const ownCanary = "Zqkeptown"

func (s *site) ownWorld(t *testing.T) ownWorld {
	t.Helper()
	w := ownWorld{record: s.young(t, "Robin Zqname")}
	w.cookie = s.come(t, w.record, "en")
	s.say(t, w.cookie, "home.1", "2", "nobody", ownCanary+" home").is(t, http.StatusSeeOther)
	s.say(t, w.cookie, "home.2", "2", "one "+s.actors[access.Worker].Account, ownCanary+" one").is(t, http.StatusSeeOther)
	_, token, _ := strings.Cut(w.cookie.Value, ".")
	y, err := s.OwnSession(t.Context(), "999", token)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := s.OwnTalk(t.Context(), y, "en")
	if err != nil || len(talk.Said) != 2 {
		t.Fatal(talk.Said, err)
	}
	w.said, w.ask = talk.Said[0].ID, s.NewID()
	n := service.NewAsk{ID: w.ask, Words: ownCanary + " one", Audience: conversation.One, Account: s.actors[access.Worker].Account}
	if err := s.AskOwn(t.Context(), y, n); err != nil {
		t.Fatal(err)
	}
	w.entry = s.sharesSomething(t, s.actors[access.Worker], w.record).entry
	s.wants = map[string]askedFor{w.record: {ask: w.ask}}
	sent := s.ask(t, http.MethodPost, "/me/now", url.Values{"id": {s.NewID()}, "how": {"here"}, "words": {ownCanary + " alert"}}, w.cookie)
	w.alert = strings.TrimPrefix(sent.Location, "/me/now/")
	w.phone = s.remembers(t, y)
	return w
}

// Every route of a young person's pages answers whoever is not that young person as if
// there were nothing: somebody without a session, staff, a session that is over, and
// another young person with the first one's ids.
func TestEveryOwnRouteIsHeldToThePolicy(t *testing.T) {
	s := newSite(t)
	w := s.ownWorld(t)
	ended := s.come(t, s.young(t, "Ended Session"), "en")
	s.ask(t, http.MethodPost, "/me/leave", url.Values{}, ended)
	other := s.come(t, s.young(t, "Another Person"), "en")
	strangers := map[string]*http.Cookie{"nobody": nil, "a session that is over": ended,
		"another authority's name before the token": {Name: "p", Value: "998" + strings.TrimPrefix(w.cookie.Value, "999")},
		"no token": {Name: "p", Value: "999."}, "a staff token": {Name: "p", Value: s.cookies[access.Manager].Value}}
	for role, cookie := range s.cookies {
		strangers[string(role)] = cookie
	}
	for _, pattern := range web.OwnPatterns() {
		may := ownPolicy[pattern]
		if may == "" {
			t.Errorf("%s is in no row of the policy", pattern)
			continue
		}
		method, path := w.address(pattern)
		var form url.Values
		if method == http.MethodPost {
			form = url.Values{"id": {s.NewID()}, "words": {"planted"}, "answer": {"1"}, "who": {"helpers"}, "language": {"en"}, "reply": {"1"}, "helped": {"yes"}, "ask": {"planted"}}
		}
		for who, cookie := range strangers {
			p := s.ask(t, method, path, form, cookie)
			s.noOwnWord(t, who+" at "+pattern, p)
			if pattern == "POST /me/now" {
				// Whoever says that they are not safe when the session is over reads whom to call.
				if p.Status != http.StatusUnauthorized || !strings.Contains(p.Body, "999") {
					t.Errorf("%s at %s: status %d, and no number to call", who, pattern, p.Status)
				}
				continue
			}
			closed := "/closed"
			switch {
			case method == http.MethodPost:
				closed = "/closed?last" // it says that what was sent was not kept
			case strings.HasPrefix(path, "/me/now"):
				closed = "/closed?now" // it says whom to call
			}
			if may == ownOnly && (p.Status != http.StatusSeeOther || p.Location != closed) {
				t.Errorf("%s at %s: status %d to %s", who, pattern, p.Status, p.Location)
			}
		}
		if pattern == "POST /me/leave" || pattern == "GET /closed" {
			continue // is what the session ends with
		}
		p := s.ask(t, method, path, form, other)
		s.noOwnWord(t, "another young person at "+pattern, p)
		theirs := strings.Contains(pattern, "{said}") || strings.Contains(pattern, "{ask}") || strings.Contains(pattern, "{entry}") || strings.Contains(pattern, "{phone}") || strings.Contains(pattern, "{alert}")
		if theirs && p.Status != http.StatusNotFound {
			t.Errorf("another young person at %s with somebody else's id: status %d", pattern, p.Status)
		}
	}
	s.now = s.now.Add(31 * time.Minute)
	if p := s.ask(t, http.MethodGet, "/me", nil, w.cookie); p.Location != "/closed" {
		t.Errorf("after half an hour of nothing: status %d to %s", p.Status, p.Location)
	}
}

// What a young person kept shows on no page of anybody, whatever their role: no page of
// their record, no count, no export, no search, no log.
func TestWhatIsKeptShowsToNobody(t *testing.T) {
	s := newSite(t)
	w := s.ownWorld(t)
	talk := s.talk(t, w.record, 3, 1, "It is quiet.")
	worker := s.actors[access.Worker].Account
	for role, cookie := range s.cookies {
		for _, pattern := range web.Patterns() {
			if pattern == "POST /sign-out" {
				continue
			}
			method, path := s.address(pattern, w.record, talk)
			var form url.Values
			if method == http.MethodPost {
				form = url.Values{"find": {ownCanary}, "q": {ownCanary}}
			}
			p := s.ask(t, method, path, form, cookie)
			if s.actors[role].Account == worker {
				p.Body = strings.ReplaceAll(p.Body, ownCanary+" one", "") // theirs to see
			}
			s.noOwnWord(t, string(role)+" at "+pattern, p)
		}
	}
}

func (s *site) noOwnWord(t *testing.T, where string, p page) {
	t.Helper()
	for _, word := range []string{ownCanary} {
		if strings.Contains(p.Body, word) || strings.Contains(p.Location, word) {
			t.Errorf("%s: what was kept is there", where)
		}
	}
}

// A young person's cookie opens nothing of the staff's.
func TestAYoungPersonsCookieOpensNoStaffPage(t *testing.T) {
	s := newSite(t)
	w := s.ownWorld(t)
	talk := s.talk(t, w.record, 3, 1, "It is quiet.")
	for _, pattern := range web.Patterns() {
		if policy[pattern] == everybody {
			continue
		}
		method, path := s.address(pattern, w.record, talk)
		for _, cookie := range []*http.Cookie{w.cookie, {Name: "session", Value: w.cookie.Value}} {
			p := s.ask(t, method, path, url.Values{}, cookie)
			if p.Status != http.StatusUnauthorized && !strings.HasPrefix(p.Location, "/sign-in") {
				t.Errorf("%s with %s: status %d to %s", pattern, cookie.Name, p.Status, p.Location)
			}
		}
	}
}
