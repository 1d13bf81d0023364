package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

// Who may come to a route at all.
const (
	everybody = "everybody"
	signedIn  = "signed in"
	cases     = "worker duty-worker manager inspector"
	writing   = "worker duty-worker manager"
	managers  = "manager"
	counting  = "worker duty-worker manager participation-lead data-officer inspector"
	files     = "data-officer"
	pairs     = "manager data-officer"
	accounts  = "administrator"
	wording   = "participation-lead data-officer"
	audits    = "manager data-officer inspector auditor"
)

// policy is written from what the roles are for, not from the routes. A route that
// is not here fails the test.
var policy = map[string]string{
	"GET /{$}": signedIn, "GET /sign-in": everybody, "POST /sign-in": everybody, "GET /resume/{kept}": signedIn, "POST /sign-out": signedIn, "GET /healthy": everybody,
	"GET /about-the-framework": everybody, "GET /access": everybody, "GET /accessibility": everybody,
	"GET /account": signedIn, "POST /account/password": signedIn,
	"POST /sign-in/passkey/ask": everybody, "POST /sign-in/passkey": everybody, "GET /sign-in/provider/{council}": everybody, "GET /sign-in/back": everybody, "GET /set-up": everybody, "POST /set-up": everybody,
	"GET /confirm": signedIn, "POST /confirm": signedIn, "POST /confirm/passkey/ask": signedIn, "POST /confirm/passkey": signedIn, "GET /confirm/provider": signedIn,
	"GET /account/set-up": signedIn, "POST /account/set-up": signedIn, "GET /account/set-up/picture.png": signedIn, "GET /account/codes": signedIn, "POST /account/codes": signedIn,
	"GET /account/passkeys/new": signedIn, "POST /account/passkeys/ask": signedIn, "POST /account/passkeys": signedIn, "POST /account/passkeys/remove": signedIn,
	"POST /account/sessions/end": signedIn, "POST /account/sessions/end-others": signedIn,

	"GET /accounts": accounts, "POST /accounts": accounts, "GET /accounts/{account}": accounts, "POST /accounts/{account}": accounts,
	"GET /accounts/{account}/end": accounts, "POST /accounts/{account}/end": accounts,
	"POST /accounts/{account}/invite": accounts, "GET /accounts/{account}/invited": accounts, "POST /accounts/{account}/sign-out": accounts,
	"POST /accounts/{account}/team": accounts, "GET /teams": accounts, "POST /teams": accounts, "POST /teams/{team}": accounts, "POST /teams/{team}/end": accounts,

	"GET /caseload": cases, "GET /caseload/find": cases, "POST /caseload/find": cases, "GET /caseload/found/{found}": cases,
	"GET /records/new": writing, "POST /records/new": writing, "GET /records/{record}": cases, "GET /records/{record}/history": cases,
	"GET /records/{record}/identity": writing, "POST /records/{record}/identity": writing, "GET /records/{record}/register": cases, "POST /records/{record}/register": writing,
	"GET /records/{record}/outcomes": cases, "GET /records/{record}/outcomes/{outcome}": cases, "GET /records/{record}/talk": writing, "POST /records/{record}/talk": writing,
	"GET /records/{record}/workers": managers, "POST /records/{record}/workers": managers,
	"GET /talks/{talk}": cases, "GET /talks/{talk}/today": cases, "GET /talks/{talk}/said": cases, "GET /talks/{talk}/mine": writing,
	"GET /talks/{talk}/young/{indicator}": writing, "POST /talks/{talk}/young/{indicator}": writing, "GET /talks/{talk}/mine/{indicator}": writing, "POST /talks/{talk}/mine/{indicator}": writing,

	"GET /records/{record}/own-page": writing, "POST /records/{record}/own-page/code": writing, "GET /records/{record}/own-page/code": writing,
	"POST /records/{record}/own-page/slip": writing, "GET /records/{record}/own-page/slip": writing, "POST /records/{record}/own-page/take-back": writing,
	handsOver: writing, "POST /records/{record}/own-page/end": writing, "POST /records/{record}/own-page/cut-off": writing,

	"GET /overview": counting, "GET /overview/{outcome}": counting, "GET /overview.csv": counting, "GET /overview.xlsx": counting,
	"GET /answer": counting, "GET /answer.csv": counting, "GET /answer.xlsx": counting, "GET /answer.json": counting,

	"GET /files": files, "POST /files": files, "GET /files/read/{number}": files, "GET /files/read/{number}/problems.csv": files, "GET /files/templates/{name}": files,
	"GET /files/taken/{upload}": files, "GET /files/waiting/{upload}": files, "GET /files/waiting/{upload}/problems.csv": files,
	"POST /files/waiting/{upload}/take": files, "POST /files/waiting/{upload}/drop": files, "POST /files/waiting/{upload}/year": files,

	"GET /log": signedIn, "GET /log/checkpoint": audits, "GET /unusual": audits, "GET /unusual/{unusual}": audits, "POST /unusual/{unusual}": audits,
	"GET /account/unusual/{unusual}": signedIn, "POST /account/unusual/{unusual}": signedIn,
	"GET /decisions": pairs, "GET /decisions/new": pairs, "POST /decisions/new": pairs, "GET /decisions/sure": pairs,
	"POST /decisions/{decision}": pairs, "POST /decisions/{decision}/withdraw": pairs, "POST /decisions/{decision}/export": pairs,
	"GET /records/{record}/own/{said}": cases, "GET /records/{record}/paper": writing, "GET /records/{record}/paper/answers": writing, "POST /records/{record}/paper/answers": writing,
	"GET /paper/cards": writing, "GET /paper/sheet": writing,
	"GET /records/{record}/consent": cases, "GET /records/{record}/consent/new": writing, "POST /records/{record}/consent/new": writing,
	"GET /records/{record}/consent/{entry}/withdraw": writing, "POST /records/{record}/consent/{entry}/withdraw": writing,
	"POST /records/{record}/shares": writing, "POST /records/{record}/shares/{share}/end": writing,
	"GET /records/{record}/asks": cases, "GET /records/{record}/asks/{ask}": cases, "POST /records/{record}/asks/{ask}": writing, "GET /asks/figures": counting,
	"POST /records/{record}/plan": writing, "POST /records/{record}/plan/{step}/done": writing, "POST /records/{record}/plan/{step}/end": writing,
	"GET /shared": "partner", "GET /shared/{record}": "partner",
	"GET /study": "study-team", "GET /study.csv": "study-team", "GET /study.xlsx": "study-team",
	"GET /agencies": accounts, "POST /agencies": accounts, "POST /agencies/{agency}": accounts, "GET /agencies/{agency}/end": accounts, "POST /agencies/{agency}/end": accounts,
	"GET /accounts/{account}/agency": accounts, "POST /accounts/{account}/agency": accounts,

	"GET /languages": wording, "GET /languages/{language}": wording, "POST /languages/{language}": wording, "GET /languages/{language}/words.xlsx": wording,
	"GET /languages/{language}/sent/{file}": wording, "POST /languages/{language}/sent/{file}/take": wording, "POST /languages/{language}/sent/{file}/drop": wording,
	"GET /languages/{language}/page/{key}": wording, "POST /languages/{language}/page/{key}": wording,
	"GET /languages/{language}/edition/{edition}/{key}": wording, "POST /languages/{language}/edition/{edition}/{key}": wording,

	"GET /matches": pairs, "POST /matches/pair": pairs, "POST /matches/link": pairs, "POST /matches/different": pairs, "POST /matches/undo": pairs,

	"GET /alerts": writing, "GET /alerts/waiting": writing, "GET /alerts/{alert}": writing, "POST /alerts/{alert}": writing, "POST /alerts/{alert}/close": writing, "POST /alerts/{alert}/open": writing,
	"GET /duty": managers, "POST /duty": managers, "POST /duty/settings": managers,

	"POST /notices/seen": signedIn, "GET /emergency": writing, "POST /emergency": writing, "POST /emergency/{emergency}/end": writing,
	"GET /emergencies": managers, "GET /emergencies/{emergency}": managers, "POST /emergencies/{emergency}": managers,
	"GET /records/{record}/restriction": managers, "POST /records/{record}/restriction": managers,
}

// handsOver ends the session of whoever may do it.
const handsOver = "POST /records/{record}/own-page/hand-over"

// cookieAt is the session with which a role tries a route: one of its own where the
// route ends it.
func (s *site) cookieAt(t *testing.T, role access.Role, pattern string) *http.Cookie {
	t.Helper()
	if pattern != handsOver || role == "" {
		return s.cookies[role]
	}
	in, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: string(role), Password: password, Code: s.code(t, string(role))}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	return sessionOf(in)
}

// placeholder is what a pattern asks for that a test has nothing to give for.
var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// consented is an entry of the ledger of consent and a share of one record.
type consented struct{ entry, share, agency string }

func orNone(id string) string {
	if id == "" {
		return "none"
	}
	return id
}

// address fills a pattern in.
func (s *site) address(pattern, record, talk string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.NewReplacer("{$}", "", "{record}", record, "{talk}", talk, "{indicator}", "home.1", "{outcome}", "home", "{account}", s.actors[access.DataOfficer].Account,
		"{name}", "register.csv", "{number}", "1", "{council}", "999", "{entry}", orNone(s.consents[record].entry), "{share}", orNone(s.consents[record].share), "{ask}", orNone(s.wants[record].ask), "{step}", orNone(s.wants[record].step), "{said}", orNone(s.given[record])).Replace(path)
	return method, placeholder.ReplaceAllString(path, "none")
}

// Every route lets in whom the policy names, and nobody else. What is somebody
// else's is answered like what is not there.
func TestEveryRouteIsHeldToThePolicy(t *testing.T) {
	for _, pattern := range web.Patterns() {
		if policy[pattern] == "" {
			t.Errorf("%s is in no row of the policy", pattern)
		}
	}
	for _, role := range append([]access.Role{""}, access.Roles...) {
		s := newSite(t)
		record := s.young(t, "Semhar Tesfay")
		talk := s.talk(t, record, 3, 1, "It is quiet.")
		for _, pattern := range web.Patterns() {
			if pattern == "POST /sign-out" {
				continue // is what the session ends with
			}
			method, path := s.address(pattern, record, talk)
			var form url.Values
			if method == http.MethodPost {
				form = url.Values{}
			}
			p := s.ask(t, method, path, form, s.cookieAt(t, role, pattern))
			switch may := policy[pattern]; {
			case role == "" && may != everybody:
				if p.Status != http.StatusUnauthorized && !strings.HasPrefix(p.Location, "/sign-in") {
					t.Errorf("nobody at %s: status %d", pattern, p.Status)
				}
			case may == everybody, may == signedIn, strings.Contains(" "+may+" ", " "+string(role)+" "):
				if p.Status == http.StatusForbidden || p.Status == http.StatusUnauthorized || p.Status >= 500 {
					t.Errorf("%s at %s: status %d, and may be there", role, pattern, p.Status)
				}
			case p.Status != http.StatusForbidden:
				t.Errorf("%s at %s: status %d, want 403", role, pattern, p.Status)
			}
		}
	}
}

func TestSomebodyElsesIsLikeWhatIsNotThere(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := s.talk(t, record, 3, 1, "It is quiet.")
	_, stranger := s.another(t, "stranger", access.Worker)
	for _, pattern := range web.Patterns() {
		if !strings.Contains(pattern, "{record}") && !strings.Contains(pattern, "{talk}") {
			continue
		}
		var answers []page
		for _, ids := range [][2]string{{record, talk}, {s.NewID(), s.NewID()}} {
			method, path := s.address(pattern, ids[0], ids[1])
			form := soundForm()
			if method == http.MethodGet {
				form = nil
			}
			answers = append(answers, s.ask(t, method, path, form, stranger))
		}
		theirs, missing := answers[0], answers[1]
		if theirs.Status != missing.Status || theirs.Status == http.StatusOK || theirs.Body != missing.Body {
			t.Errorf("%s: somebody else's is %d, what is not there %d", pattern, theirs.Status, missing.Status)
		}
		theirs.lacks(t, "Semhar", "It is quiet")
	}
}
