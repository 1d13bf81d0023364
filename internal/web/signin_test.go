package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

const refusal = "You could not be signed in: the username, the password, the code or the passkey is not right."

// A password alone opens nothing, nor does a code that was used, that is late, or that
// is somebody else's.
func TestAPasswordAndACode(t *testing.T) {
	s := newSite(t)
	worker, manager := s.phones["worker"], s.phones["manager"]
	now := s.now.Unix() / codeStep
	form := func(username, password, code string) url.Values {
		return url.Values{"username": {username}, "password": {password}, "code": {code}}
	}
	for why, wrong := range map[string]url.Values{
		"no code":                      form("worker", password, ""),
		"a code that is none":          form("worker", password, "12345x"),
		"the code of setting up":       form("worker", password, worker.at(t, now-1)),
		"a code of two minutes ago":    form("worker", password, worker.at(t, now-4)),
		"a code of in two minutes":     form("worker", password, worker.at(t, now+4)),
		"a code of another phone":      form("worker", password, manager.at(t, now)),
		"a code without the password":  form("worker", "not the password", worker.at(t, now)),
		"a lost-phone code of another": form("worker", password, manager.codes[0]),
	} {
		p := s.trySignIn(t, wrong)
		if p.session() != nil {
			t.Errorf("%s: signed in", why)
		}
		p.has(t, refusal)
		s.now = s.now.Add(service.SessionAbsolute) // else whoever tries so often waits
		now = s.now.Unix() / codeStep
	}
	spaced := worker.at(t, now)[:3] + " " + worker.at(t, now)[3:]
	if s.trySignIn(t, form("worker", password, spaced)).session() == nil {
		t.Fatal("the password and the code of now do not sign in")
	}
	if s.trySignIn(t, form("worker", password, worker.at(t, now))).session() != nil {
		t.Error("the same code signs in twice")
	}
	if s.trySignIn(t, form("worker", password, worker.at(t, now-1))).session() != nil {
		t.Error("a code of before the last one signs in")
	}
	if s.trySignIn(t, form("worker", password, worker.at(t, now+1))).session() == nil {
		t.Error("the next code does not sign in where the phone's clock is a little fast")
	}
}

// A code for a lost phone stands in for the phone, once; new ones end the old ones.
func TestCodesForALostPhone(t *testing.T) {
	s := newSite(t)
	codes := s.phones["worker"].codes
	form := func(code string) url.Values {
		return url.Values{"username": {"worker"}, "password": {password}, "code": {code}}
	}
	in := s.trySignIn(t, form(strings.ToUpper(codes[3])))
	if in.session() == nil {
		t.Fatal("a code for a lost phone does not sign in")
	}
	if s.trySignIn(t, form(codes[3])).session() != nil {
		t.Error("it signs in twice")
	}
	own := s.ask(t, http.MethodGet, "/account", nil, in.session())
	own.has(t, "You have 9 unused codes for when your phone is lost", "password and a code for a lost phone")
	made := s.ask(t, http.MethodPost, "/account/codes", url.Values{}, in.session())
	shown := s.ask(t, http.MethodGet, made.Location, nil, in.session())
	fresh := regexp.MustCompile(`<li><code>([^<]+)</code>`).FindAllStringSubmatch(shown.Body, -1)
	if len(fresh) != 10 {
		t.Fatalf("%d new codes", len(fresh))
	}
	if s.trySignIn(t, form(codes[4])).session() != nil {
		t.Error("an old code still signs in")
	}
	if s.trySignIn(t, form(fresh[0][1])).session() == nil {
		t.Error("a new code does not sign in")
	}
}

// Nothing that is answered tells whether there is such an account.
func TestNoAccountCanBeGuessed(t *testing.T) {
	s := newSite(t)
	s.invite(t, "invited")
	ended, _ := s.another(t, "gone", access.Worker)
	if err := s.EndAccount(t.Context(), s.actors[access.Administrator], ended.Account); err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`value="(worker|nobody|invited|gone)"`)
	var first page
	for n, form := range []url.Values{
		{"username": {"nobody"}, "password": {password}, "code": {"123456"}},
		{"username": {"worker"}, "password": {"not the password"}, "code": {"123456"}},
		{"username": {"worker"}, "password": {password}, "code": {""}},
		{"username": {"worker"}, "password": {password}, "code": {"123456"}},
		{"username": {"invited"}, "password": {""}, "code": {"123456"}},
		{"username": {"gone"}, "password": {password}, "code": {s.code(t, "gone")}},
	} {
		asked := s.ask(t, http.MethodPost, "/sign-in", form, nil)
		p := s.ask(t, http.MethodGet, asked.Location, nil, nil)
		p.Body = name.ReplaceAllString(p.Body, `value="name"`)
		if n == 0 {
			first = p
			continue
		}
		if asked.Status != http.StatusSeeOther || len(asked.Header.Values("Set-Cookie")) != 0 || p.Status != first.Status || p.Body != first.Body {
			t.Errorf("%v is answered otherwise than an unknown name: %d\n%s", form, p.Status, shortened(p.Body))
		}
	}
	// Who has to wait is told the same.
	for _, who := range []string{"nobody", "worker"} {
		for range 10 {
			s.trySignIn(t, url.Values{"username": {who}, "password": {"x"}})
		}
		s.trySignIn(t, url.Values{"username": {who}, "password": {"x"}}).is(t, http.StatusTooManyRequests)
	}
}

// Guessing is slowed, at the same time or one after another, longer and longer.
func TestGuessingIsSlowed(t *testing.T) {
	s := newSite(t)
	wrong := url.Values{"username": {"worker"}, "password": {"not the password"}}
	status := make(chan int, 40)
	for range cap(status) {
		go func() { status <- s.trySignIn(t, wrong).Status }()
	}
	looked := 0
	for range cap(status) {
		if <-status == http.StatusUnprocessableEntity {
			looked++
		}
	}
	if looked > 5 {
		t.Errorf("%d of 40 guesses at the same time were looked at, at most 5 may be", looked)
	}
	for wait := 5 * time.Second; wait < 15*time.Minute; wait *= 2 {
		s.now = s.now.Add(wait - time.Second)
		s.trySignIn(t, wrong).is(t, http.StatusTooManyRequests)
		s.now = s.now.Add(time.Second)
		s.trySignIn(t, wrong).is(t, http.StatusUnprocessableEntity)
	}
	s.trySignIn(t, s.credentials(t, "worker", password)).has(t, "Too many tries. Wait 15 minutes")
	s.now = s.now.Add(15*time.Minute + time.Second)
	if s.trySignIn(t, s.credentials(t, "worker", password)).session() == nil {
		t.Error("after the wait the right password and code do not sign in")
	}
	log := strings.Join(s.log(t, s.actors[access.Worker].Account), ", ")
	if !strings.Contains(log, "sign in slowed") || !strings.Contains(log, "sign in refused") {
		t.Errorf("the log of the account holds %s", log)
	}
}

// Whoever tries another's name keeps them out of nothing: not from another address,
// and not from a browser in which they have signed in.
func TestNobodyIsLockedOutBySomebodyElse(t *testing.T) {
	s := newSite(t)
	known := s.trySignIn(t, s.credentials(t, "worker", password))
	var device *http.Cookie
	for _, c := range (&http.Response{Header: known.Header}).Cookies() {
		if c.Name == "device" {
			device = c
		}
	}
	if device == nil {
		t.Fatal("the browser keeps nothing to be known by")
	}
	s.guess(t, "worker", service.Visitor{Address: "127.0.0.1"})
	s.trySignIn(t, s.credentials(t, "worker", password)).is(t, http.StatusTooManyRequests)
	for n, bad := range []string{"", "x", device.Value + "x", "999." + s.actors[access.Worker].Account + ".99999999999." + strings.Repeat("0", 64)} {
		if p := s.ask(t, http.MethodPost, "/sign-in", s.credentials(t, "worker", password), &http.Cookie{Name: "device", Value: bad}); p.session() != nil {
			t.Errorf("a device that is none, %d, is known", n)
		}
	}
	if p := s.ask(t, http.MethodPost, "/sign-in", s.credentials(t, "worker", password), device); p.session() == nil {
		t.Error("the owner is held up in their own browser")
	}
	// From another address: the service is asked as its pages ask it.
	if _, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "worker", Password: password, Code: s.code(t, "worker")}, service.Visitor{Address: "192.0.2.7"}); err != nil {
		t.Errorf("the owner is held up at another address: %v", err)
	}
	// The device of one account does not make another known.
	var many service.TooMany
	if err := s.signInFrom(t, "manager", device.Value); !errors.As(err, &many) {
		t.Errorf("the device of one account is known for another: %v", err)
	}
}

// guess tries somebody's name wrongly from one place until it waits a quarter of an hour.
func (s *site) guess(t testing.TB, username string, from service.Visitor) {
	t.Helper()
	for range 14 {
		s.now = s.now.Add(15*time.Minute + time.Second)
		if _, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: "x"}, from); !errors.Is(err, service.ErrSignIn) {
			t.Fatal(err)
		}
	}
}

// signInFrom signs somebody in rightly from a place where their name was guessed, with
// what a device keeps.
func (s *site) signInFrom(t testing.TB, username, device string) error {
	t.Helper()
	from := service.Visitor{Address: "192.0.2.8"}
	s.guess(t, username, from)
	from.Device = device
	_, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: password, Code: s.code(t, username)}, from)
	return err
}

// A cookie that was stolen opens nothing after its owner signed out, ended it, or was
// ended by an administrator.
func TestSessionsAreEndedByTheirOwner(t *testing.T) {
	s := newSite(t)
	stolen := s.trySignIn(t, s.credentials(t, "worker", password)).session()
	s.ask(t, http.MethodGet, "/caseload", nil, stolen).is(t, http.StatusOK)
	s.ask(t, http.MethodPost, "/sign-out", url.Values{}, stolen).is(t, http.StatusSeeOther)
	s.ask(t, http.MethodGet, "/caseload", nil, stolen).is(t, http.StatusSeeOther)

	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/sign-in", strings.NewReader(s.credentials(t, "worker", password).Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	other := s.send(t, r, nil).session()
	own := s.get(t, access.Worker, "/account")
	own.has(t, "Where you are signed in", "this one", "Firefox", "password and code", "Sign out everywhere else")
	own.lacks(t, "127.0.0.1")
	id := between(own.Body, `name="session" value="`, `"`)
	s.post(t, access.Manager, "/account/sessions/end", url.Values{"session": {id}}).is(t, http.StatusNotFound) // somebody else's
	s.ask(t, http.MethodGet, "/caseload", nil, other).is(t, http.StatusOK)
	s.submit(t, access.Worker, "/account/sessions/end", url.Values{"session": {id}}).has(t, "That session was ended")
	s.ask(t, http.MethodGet, "/caseload", nil, other).is(t, http.StatusSeeOther)

	more := s.trySignIn(t, s.credentials(t, "worker", password)).session()
	s.submit(t, access.Worker, "/account/sessions/end-others", nil).has(t, "You are signed out everywhere else")
	s.ask(t, http.MethodGet, "/caseload", nil, more).is(t, http.StatusSeeOther)
	s.get(t, access.Worker, "/caseload").is(t, http.StatusOK)
	s.submit(t, access.Administrator, "/accounts/"+s.actors[access.Worker].Account+"/sign-out", nil).has(t, "The person was signed out everywhere")
	s.get(t, access.Worker, "/caseload").is(t, http.StatusSeeOther)
}
