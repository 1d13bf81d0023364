package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stablefutures/internal/access"
)

// jar is what one browser keeps: cookies by name.
type jar map[string]*http.Cookie

// with sends something from a browser and keeps what it is told to.
func (s *site) with(t testing.TB, kept jar, method, path string, form url.Values) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range kept {
		r.AddCookie(c)
	}
	p := s.send(t, r, nil)
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.MaxAge < 0 {
			delete(kept, c.Name)
		} else {
			kept[c.Name] = c
		}
	}
	return p
}

// oneCode is the code that a page of a worker shows.
var oneCode = regexp.MustCompile(`\d{4} \d{4} \d{4}( \d{4} \d{4})?`)

// comeByCode lets a young person in with a code, in English.
func (s *site) comeByCode(t testing.TB, record string) jar {
	t.Helper()
	kept := jar{}
	shown := s.submit(t, access.Worker, "/records/"+record+"/own-page/code", url.Values{})
	if p := s.with(t, kept, http.MethodPost, "/in", url.Values{"code": {oneCode.FindString(shown.Body)}}); kept["p"] == nil {
		t.Fatalf("the code opens nothing: %d %s", p.Status, shortened(p.Body))
	}
	s.with(t, kept, http.MethodPost, "/me/language", url.Values{"language": {"en"}})
	return kept
}

func TestAWorkerShowsACodeOnce(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	own := "/records/" + record + "/own-page"
	s.get(t, access.Worker, own).has(t, "Make a code for now", "Hand this tablet over", ">English</option>", "Nobody is on the page now", "No way in was given yet")
	s.get(t, access.Worker, "/records/"+record).has(t, own)
	made := s.post(t, access.Worker, own+"/code", url.Values{})
	shown := s.get(t, access.Worker, made.Location)
	shown.has(t, s.URL+"/in", "until 10:10", `<svg class="sf-square" role="img"`)
	shown.lacks(t, "Semhar")
	code := oneCode.FindString(shown.Body)
	if again := s.get(t, access.Worker, made.Location); oneCode.MatchString(again.Body) {
		t.Error("the code is shown twice")
	}
	s.get(t, access.Worker, own).has(t, "Not used yet. Good until", "Take the code back")
	ready := s.with(t, jar{}, http.MethodGet, "/in/"+strings.ReplaceAll(code, " ", ""), nil)
	ready.has(t, "Your page is ready")
	kept := jar{}
	s.with(t, kept, http.MethodPost, "/in", url.Values{"code": {code}})
	if c := kept["p"]; c == nil || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.MaxAge != 0 {
		t.Fatalf("%+v", c)
	}
	s.get(t, access.Worker, own).has(t, "1 session now", "With a code from a screen", "Used 24 November 2026, 10:00", "Last seen on their page")
	s.submit(t, access.Worker, own+"/end", url.Values{}).has(t, "Every session is ended", "Nobody is on the page now")
	if p := s.with(t, kept, http.MethodGet, "/me", nil); p.Location != "/closed" {
		t.Errorf("an ended session is shown %d %s", p.Status, p.Location)
	}
	second := s.get(t, access.Worker, s.post(t, access.Worker, own+"/code", url.Values{}).Location)
	s.submit(t, access.Worker, own+"/take-back", url.Values{}).has(t, "No code that was given before opens anything now")

	// Whatever is wrong with a code, the page is the same to the letter.
	var answers []page
	for _, wrong := range []string{code, oneCode.FindString(second.Body), "1111 2222 3333", "", "x", strings.Repeat("9", 5000)} {
		answers = append(answers, s.with(t, jar{}, http.MethodPost, "/in", url.Values{"code": {wrong}}))
	}
	for _, a := range answers {
		if a.Status != http.StatusUnprocessableEntity || a.Body != answers[0].Body {
			t.Errorf("status %d, or another page", a.Status)
		}
	}
}

func TestASlipSaysNothingTelling(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	own := "/records/" + record + "/own-page"
	made := s.post(t, access.Worker, own+"/slip", url.Values{"language": {"en"}})
	slip := s.get(t, access.Worker, made.Location)
	slip.has(t, `<html lang="en" dir="ltr">`, "<title>My page</title>", s.URL+"/in", "8/12/2026", "Do not show it to other people.", `<svg class="square"`, "@page{")
	_, printed, _ := strings.Cut(slip.Body, "<main>")
	for _, telling := range []string{"Stable", "Futures", "Fernshire", "Semhar", "Tesfay", "council", "record", "worker", "traffick", "support"} {
		if strings.Contains(strings.ToLower(printed), strings.ToLower(telling)) {
			t.Errorf("the paper says %q", telling)
		}
	}
	code := oneCode.FindString(printed)
	if len(code) != 24 {
		t.Fatalf("the code is %q", code)
	}
	if again := s.get(t, access.Worker, made.Location); oneCode.MatchString(again.Body) || again.Status != http.StatusOK {
		t.Error("the slip is shown twice")
	}
	kept := jar{}
	if s.with(t, kept, http.MethodPost, "/in", url.Values{"code": {code}}); kept["p"] == nil {
		t.Error("the code of the slip opens nothing")
	}
	second := s.post(t, access.Worker, own+"/slip", url.Values{"language": {"ti"}})
	for _, shown := range []string{`<html lang="ti"`, `name="language" value="ti"`} { // the second time it offers another in the same language
		s.get(t, access.Worker, second.Location).has(t, shown)
	}
}

// four are pictures as a form sends them.
func four(numbers ...string) url.Values {
	values := url.Values{"with": {"pictures"}}
	for n, number := range numbers {
		values.Set("p"+string(rune('1'+n)), number)
	}
	return values
}

// Without a script, and with nothing but what a browser keeps.
func TestAPhoneIsRememberedWithPictures(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	kept := s.comeByCode(t, record)
	s.with(t, kept, http.MethodGet, "/me/choices", nil).has(t, "Remember this phone", "/me/choices/phone", "Leave this page now. Nothing stays on this phone.")
	choose := s.with(t, kept, http.MethodGet, "/me/choices/phone", nil)
	choose.has(t, "Choose four pictures", `name="p4" value="12"`)
	if strings.Contains(choose.Body, "<title>a ") || strings.Count(choose.Body, "<symbol") != 12 {
		t.Error("the pictures have names, or are not drawn once each")
	}
	s.with(t, kept, http.MethodPost, "/me/choices/phone", four("1", "2")).is(t, http.StatusUnprocessableEntity)
	if p := s.with(t, kept, http.MethodPost, "/me/choices/phone", four("1", "2", "2", "12")); p.Location != "/me/choices/phone/again" {
		t.Fatalf("%d %s", p.Status, p.Location)
	}
	s.with(t, kept, http.MethodPost, "/me/choices/phone/again", four("1", "2", "12", "2")).has(t, "That was not the same")
	if kept["d"] != nil {
		t.Fatal("something is kept before it was chosen twice")
	}
	s.with(t, kept, http.MethodPost, "/me/choices/phone", four("1", "2", "2", "12"))
	s.with(t, kept, http.MethodPost, "/me/choices/phone/again", four("1", "2", "2", "12"))
	if c := kept["d"]; c == nil || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.MaxAge != 400*24*60*60 {
		t.Fatalf("%+v", c)
	}
	remembered := s.with(t, kept, http.MethodGet, "/me/choices", nil)
	remembered.has(t, "This phone is remembered", "Forget this phone")
	remembered.lacks(t, "Nothing stays on this phone") // the phone is remembered there

	// Leaving keeps the device, and nothing else.
	left := s.with(t, kept, http.MethodPost, "/me/leave", url.Values{})
	if len(kept) != 1 || kept["d"] == nil || left.Header.Get("Clear-Site-Data") == "" {
		t.Fatalf("after leaving the browser keeps %v", kept)
	}
	s.with(t, kept, http.MethodGet, "/in", nil).has(t, "Touch your pictures, in your order", "Use a code", "Start again")
	s.with(t, kept, http.MethodGet, "/in?use=code", nil).has(t, "Type your code")
	if p := s.with(t, kept, http.MethodPost, "/in", four("1", "2", "2", "12")); p.Location != "/me" || kept["p"] == nil {
		t.Fatalf("%d %s %v", p.Status, p.Location, kept)
	}
	s.get(t, access.Worker, "/records/"+record+"/own-page").has(t, "On a device that is remembered", "Four pictures", "Opens the page")
	s.with(t, kept, http.MethodPost, "/me/leave", url.Values{})
	for range 4 {
		s.with(t, kept, http.MethodPost, "/in", four("2", "2", "2", "12")).has(t, "These are not your pictures")
	}
	s.with(t, kept, http.MethodPost, "/in", four("2", "2", "2", "12")).has(t, "This phone is not remembered any more. Ask for a new code.", "Type your code")
	if len(kept) != 0 {
		t.Errorf("the browser still keeps %v", kept)
	}
	s.get(t, access.Worker, "/records/"+record+"/own-page").has(t, "Cut off after wrong pictures")
	history := s.get(t, access.Worker, "/records/"+record+"/history")
	history.has(t, "Let a device be remembered", "Chose wrong pictures", "for the last time: the device is cut off", "Whoever had the young person’s device")
	history.lacks(t, "The operator of the machine", "Remember a device", "Wrong pictures on a device")
}

// A phone that a worker cuts off is out at its next touch, and is told so.
func TestALostPhoneIsCutOff(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	own := "/records/" + record + "/own-page"
	kept := s.comeByCode(t, record)
	for _, step := range []string{"/me/choices/phone", "/me/choices/phone/again"} {
		s.with(t, kept, http.MethodPost, step, four("1", "2", "3", "4"))
	}
	listed := s.get(t, access.Worker, own)
	_, after, _ := strings.Cut(listed.Body, `name="device" value="`)
	device, _, _ := strings.Cut(after, `"`)
	s.submit(t, access.Worker, own+"/cut-off", url.Values{"device": {device}}).has(t, "The device is cut off", "Cut off by Name of worker")
	if p := s.with(t, kept, http.MethodGet, "/me", nil); p.Location != "/closed" {
		t.Errorf("it is shown %d %s", p.Status, p.Location)
	}
	s.with(t, kept, http.MethodGet, "/in", nil).has(t, "This phone is not remembered any more")
	delete(kept, "p")
	if p := s.with(t, kept, http.MethodPost, "/in", four("1", "2", "3", "4")); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("the right pictures: %d", p.Status)
	}
}

// A tablet that was handed over offers nothing that would be kept on it.
func TestATabletRemembersNobody(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	kept := jar{"session": s.cookies[access.Worker]}
	handed := s.with(t, kept, http.MethodPost, "/records/"+record+"/own-page/hand-over", url.Values{})
	if kept["session"] != nil || kept["p"] == nil || handed.Header.Get("Clear-Site-Data") != `"cache", "storage"` {
		t.Fatalf("%d, %v, %v", handed.Status, kept, handed.Header)
	}
	s.with(t, kept, http.MethodPost, "/me/language", url.Values{"language": {"en"}})
	choices := s.with(t, kept, http.MethodGet, "/me/choices", nil)
	choices.lacks(t, "Remember this phone")
	choices.has(t, "I am finished")
	choices.lacks(t, "Nothing stays on this phone") // whoever reads with the ears hears what stands on the button
	for _, path := range []string{"/me/choices/phone", "/me/choices/phone/again"} {
		s.with(t, kept, http.MethodGet, path, nil).is(t, http.StatusNotFound)
		s.with(t, kept, http.MethodPost, path, four("1", "2", "3", "4"))
	}
	s.with(t, kept, http.MethodPost, "/me/choices/phone/key/ask", url.Values{}).is(t, http.StatusNotFound)
	if kept["d"] != nil {
		t.Error("the tablet is remembered")
	}
}

// A phone is cut off on the page of the record whose it is, and on no other.
func TestAPhoneOfAnotherRecordIsNotCutOff(t *testing.T) {
	s := newSite(t)
	record, other := s.young(t, "Semhar Tesfay"), s.young(t, "Robin Placeholder")
	y := s.youngOf(t, s.come(t, record, "en"))
	device := s.remembers(t, y)
	cut := func(record, device string) page {
		return s.post(t, access.Worker, "/records/"+record+"/own-page/cut-off", url.Values{"device": {device}})
	}
	if theirs, none := cut(other, device), cut(other, s.NewID()); theirs.Status != http.StatusBadRequest || theirs.Body != none.Body {
		t.Errorf("a phone of another record is answered with %d, none with %d", theirs.Status, none.Status)
	}
	cut(s.NewID(), device).is(t, http.StatusNotFound)
	if list, err := s.OwnDevices(t.Context(), y); err != nil || len(list) != 1 {
		t.Errorf("remembered are %v, %v", list, err)
	}
}
