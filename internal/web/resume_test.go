package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/web"
)

// signIn signs in where an answer led, with the cookie that the browser still
// has, and opens the page to which that leads.
func (s *site) signIn(t testing.TB, username string, asked page) page {
	t.Helper()
	form := s.credentials(t, username, password)
	form.Set("next", "/account")
	signed := s.ask(t, http.MethodPost, "/sign-in", form, nil)
	signed.is(t, http.StatusSeeOther)
	if c := signed.session(); c != nil {
		return s.follow(t, signed, c)
	}
	t.Fatalf("%s was not signed in after %s", username, asked.Location)
	return page{}
}

// What was typed when the session ended is its account's alone: whoever signs in
// next with another account gets nothing of it.
func TestWhatWasTypedIsOfferedToItsAccountAlone(t *testing.T) {
	s := newSite(t)
	form := newYoung(s)
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, "/records/new", form)
	asked.is(t, http.StatusSeeOther)
	page := s.get(t, access.Worker, asked.Location)
	page.has(t, "because nothing was done for an hour", "What you typed is kept for half an hour")
	page.lacks(t, "Semhar", "/records/new", "kept:")

	s.signIn(t, string(access.Manager), asked).lacks(t, "Semhar", "Nothing was lost")
	mine := s.signIn(t, string(access.Worker), asked)
	mine.has(t, "Nothing was lost", `value="Semhar Tesfay"`, `action="/records/new"`)
	s.get(t, access.Manager, mine.Location).lacks(t, "Semhar")
	s.signIn(t, string(access.Worker), asked).lacks(t, "Nothing was lost") // offered once
}

// What staff type at length for young people is kept too.
func TestAnswersFromPaperAreOfferedAgain(t *testing.T) {
	s := newSite(t)
	path := "/records/" + s.young(t, "Yusuf Placeholder") + "/paper/answers"
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, path, url.Values{"words-home.1": {"Typed from paper"}})
	s.signIn(t, string(access.Worker), asked).has(t, "Nothing was lost", "answers that were given on paper", "Typed from paper", `action="`+path+`"`)
}

// buttons are the acts of staff on whose pages nobody types at length: what is pressed is
// pressed once more. What holds a secret or files is never kept.
var buttons = strings.Fields(`/sign-in /sign-in/passkey/ask /sign-in/passkey /set-up /sign-out
	/confirm /confirm/passkey/ask /confirm/passkey /account/set-up /account/codes /account/password /account/passkeys/ask /account/passkeys /account/passkeys/remove
	/account/sessions/end /account/sessions/end-others /accounts/{account}/invite /accounts/{account}/sign-out /accounts/{account}/end /teams/{team}/end /agencies/{agency}/end
	/files /files/waiting/{upload}/year /files/waiting/{upload}/take /files/waiting/{upload}/drop
	/languages/{language} /languages/{language}/sent/{file}/take /languages/{language}/sent/{file}/drop
	/alerts/{alert} /alerts/{alert}/open /notices/seen /emergency/{emergency}/end /decisions/{decision}/withdraw /decisions/{decision}/export
	/matches/pair /matches/link /matches/different /matches/undo /records/{record}/plan/{step}/done /records/{record}/plan/{step}/end
	/records/{record}/shares /records/{record}/shares/{share}/end
	/records/{record}/own-page/code /records/{record}/own-page/slip /records/{record}/own-page/take-back /records/{record}/own-page/hand-over /records/{record}/own-page/end /records/{record}/own-page/cut-off`)

// Every act of staff is one on whose page people type at length, or a button.
func TestEveryFormIsKeptOrIsAButton(t *testing.T) {
	left := slices.Clone(buttons)
	forms := maps.Clone(web.FormWords)
	for _, pattern := range web.Patterns() {
		path, sends := strings.CutPrefix(pattern, "POST ")
		if !sends {
			continue
		}
		if is := slices.Contains(left, path); is == (forms[pattern] != "") {
			t.Errorf("%s is in both, or in neither, of the forms that are kept and the buttons", pattern)
		}
		left = slices.DeleteFunc(left, func(button string) bool { return button == path })
		delete(forms, pattern)
	}
	if len(left)+len(forms) > 0 {
		t.Errorf("there are no such acts any more: %v %v", left, forms)
	}
}

// A password is in no page and in nothing that is kept; a form with one is not
// offered again as if nothing were missing.
func TestPasswordsAreNeverKept(t *testing.T) {
	s := newSite(t)
	const secret = "four quite other words"
	wrong := s.submit(t, "", "/sign-in", url.Values{"username": {"worker"}, "password": {secret}})
	wrong.is(t, http.StatusUnprocessableEntity)
	wrong.has(t, "You could not be signed in", `value="worker"`)
	wrong.lacks(t, secret)
	if reloaded := s.get(t, "", wrong.Location); reloaded.Body != wrong.Body {
		t.Error("a reload of the sign-in page shows another one")
	}
	s.now = s.now.Add(61 * time.Minute)
	asked := s.post(t, access.Worker, "/account/password", url.Values{"old": {password}, "password": {secret}})
	told := s.get(t, access.Worker, asked.Location)
	told.has(t, "could not be kept")
	told.lacks(t, secret, password)
	s.signIn(t, string(access.Worker), asked).lacks(t, secret, "Nothing was lost")
}

// Why somebody was signed out is said as it was.
func TestWhySomebodyWasSignedOutIsSaidTruly(t *testing.T) {
	s := newSite(t)
	s.get(t, "", "/sign-in").lacks(t, "You were signed out")
	nobody := s.ask(t, http.MethodPost, "/records/new", newYoung(s), nil)
	if !strings.Contains(nobody.Location, "unsent") {
		t.Errorf("a form of nobody leads to %s", nobody.Location)
	}
	told := s.get(t, "", nobody.Location)
	told.has(t, "What you sent was not taken, and could not be kept")
	told.lacks(t, "for an hour")

	if err := s.EndAccount(t.Context(), s.actors[access.Administrator], s.actors[access.Manager].Account); err != nil {
		t.Fatal(err)
	}
	ended := s.get(t, access.Manager, "/sign-in")
	ended.has(t, "or because your account or your password was changed")
	ended.lacks(t, "for an hour")
	s.now = s.now.Add(61 * time.Minute)
	s.get(t, access.Worker, "/sign-in").has(t, "because nothing was done for an hour")
	s.now = s.now.Add(12 * time.Hour)
	s.get(t, access.Worker, "/sign-in").has(t, "twelve hours had passed")
}
