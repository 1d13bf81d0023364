package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// named is the site under a name: a passkey belongs to none that is a number.
func (s *site) named(path string) string {
	return strings.Replace(s.URL, "127.0.0.1", "localhost", 1) + path
}

const ready = `document.querySelector("form[data-passkey]")?.hidden === false`

const press = `(() => { document.querySelector("form[data-passkey]").requestSubmit(); return true; })()`

const unwilling = `document.querySelector("[data-passkey-status]").textContent.startsWith("No passkey was used")`

// Somebody who was invited makes a passkey in their browser, signs out, and signs in
// with it: no username, no password.
func TestAPasskeyInABrowser(t *testing.T) {
	s := newSite(t)
	_, code := s.invite(t, "ben")
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.named("/account/set-up"), Cookies: []*http.Cookie{s.open(t, code)}})
	tab.Authenticator(t, true)
	tab.Until(t, "a passkey is offered", `!document.querySelector("form[data-passkey]").hidden`)
	webtest.Evaluate[bool](t, tab, `(() => { document.getElementById("passkeys").value = "work laptop"; return true; })()`)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "the account is open", `location.pathname === "/caseload"`)

	tab.Go(t, s.named("/account"))
	tab.Until(t, "the passkey is listed", `document.getElementById("passkeys").textContent.includes("work laptop")`)
	tab.Leads(t, `(() => { document.querySelector('form[action="/sign-out"]').requestSubmit(); return true; })()`)
	tab.Until(t, "signed out", `location.pathname === "/sign-in" && document.querySelector("form[data-passkey]")?.hidden === false`)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "signed in with the passkey", `location.pathname === "/caseload"`)
	tab.Go(t, s.named("/account"))
	tab.Until(t, "it says how", `document.body.textContent.includes("Where you are signed in") && [...document.querySelectorAll("td")].some((e) => e.textContent.trim().endsWith("passkey"))`)

	// Confirming with it, after a while: what was asked comes next.
	s.now = s.now.Add(service.FreshFor + time.Minute)
	tab.Go(t, s.named("/account/passkeys/new"))
	tab.Until(t, "it is asked who sits there", `location.pathname === "/confirm" && `+ready)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "what was asked is shown", `location.pathname === "/account/passkeys/new" && `+ready)
	// The authenticator has one for this account already, and makes no second one.
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "the same authenticator makes no second one", unwilling)

	// The only way in cannot be taken away; the account that ended is not opened.
	tab.Go(t, s.named("/account"))
	tab.Leads(t, `(() => { document.querySelector('form[action="/account/passkeys/remove"]').requestSubmit(); return true; })()`)
	tab.Until(t, "it is said that it is the only one", `document.body.textContent.includes("This is the only way in that you have")`)
	for _, complaint := range tab.Complaints() {
		if !strings.Contains(complaint, "status of 422") {
			t.Errorf("the browser: %s", complaint)
		}
	}
	ended, err := s.Accounts(t.Context(), s.actors[access.Administrator])
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range ended {
		if a.Username == "ben" {
			if err := s.EndAccount(t.Context(), s.actors[access.Administrator], a.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab.Go(t, s.named("/sign-in"))
	tab.Until(t, "a passkey is asked for", ready)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "the passkey of an ended account opens nothing", `document.body.textContent.includes("You could not be signed in")`)
}

// Whoever holds the device without being able to prove that it is theirs is not let in.
func TestAPasskeyWithoutItsOwner(t *testing.T) {
	s := newSite(t)
	_, code := s.invite(t, "ben")
	browser := webtest.Start(t)
	tab := browser.Open(t, webtest.Visit{URL: s.named("/account/set-up"), Cookies: []*http.Cookie{s.open(t, code)}})
	tab.Authenticator(t, false)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "no passkey is made", unwilling)
	if path := webtest.Evaluate[string](t, tab, `location.pathname`); path != "/account/set-up" {
		t.Errorf("on %s", path)
	}
}

// An answer is good for one question, and what no passkey signed opens nothing.
func TestAnswersOfPasskeysThatAreNone(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	_, code := s.invite(t, "ben")
	tab := browser.Open(t, webtest.Visit{URL: s.named("/account/set-up"), Cookies: []*http.Cookie{s.open(t, code)}})
	tab.Authenticator(t, true)
	webtest.Evaluate[bool](t, tab, press)
	tab.Until(t, "the account is open", `location.pathname === "/caseload"`)
	tab.Go(t, s.named("/sign-in")) // leads on: somebody is signed in
	webtest.Evaluate[bool](t, tab, `fetch("/sign-out", {method: "POST"}).then(() => true)`)
	tab.Go(t, s.named("/sign-in"))
	// The form is held back, so that its answer can be sent by others.
	tab.Leads(t, `(() => { HTMLFormElement.prototype.submit = function () { window.answered = true; }; document.querySelector("form[data-passkey]").requestSubmit(); return true; })()`)
	tab.Until(t, "the passkey answered", `window.answered === true`)
	field := func(name string) string {
		return webtest.Evaluate[string](t, tab, `document.querySelector("form[data-passkey] [name=`+name+`]").value`)
	}
	id, answer := field("id"), field("proof")
	send := func(id, answer string) page {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.named("/sign-in/passkey"), strings.NewReader(url.Values{"id": {id}, "proof": {answer}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return s.send(t, r, nil)
	}
	other, err := s.AskForPasskey(t.Context(), service.Site{Address: s.named(""), Name: "x"}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	for why, p := range map[string]page{
		"an answer to another question": send(other.ID, answer), "a question that nobody asked": send("none", answer),
		"no answer": send("", ""), "an answer that is none": send(id+"x", "{}"),
	} {
		if p.session() != nil {
			t.Errorf("%s signs in", why)
		}
	}
	if send(id, answer).session() == nil {
		t.Fatal("the passkey does not sign in")
	}
	if send(id, answer).session() != nil {
		t.Error("the same answer signs in twice")
	}
	late, err := s.AskForPasskey(t.Context(), service.Site{Address: s.named(""), Name: "x"}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(11 * time.Minute)
	if send(late.ID, answer).session() != nil {
		t.Error("an answer after ten minutes signs in")
	}
}
