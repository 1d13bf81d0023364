package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
	"stablefutures/internal/web"
)

// What a young person says on their own page stands on their record for everybody who
// helps, and says how it was held.
func TestWhatTheySaidOnTheirOwnPage(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	cookie := s.come(t, record, "ti")
	s.say(t, cookie, "home.1", "4", "helpers", "It is quiet here.").is(t, http.StatusSeeOther)
	s.sendOwn(t, cookie, part{"words", "", "My own words"}, part{"outcome", "", "home"}, part{"who", "", "helpers"}, part{"sound", "a.wav", sounding()}, part{"picture", "a.png", pictured(t)}).is(t, http.StatusSeeOther)
	p := s.get(t, access.Manager, "/records/"+record)
	p.has(t, "Said in their own way", "My own words", "<audio", "Open the picture", "On their own page", "Conversation in Tigrinya")
	p.lacks(t, "to you alone", "A file of readings")
	s.get(t, access.Manager, "/records/"+record+"/outcomes/home").lacks(t, "a file")
	s.get(t, access.Manager, "/records/"+record+"/history").has(t, "The young person")
	path := ownFileOf(p.Body)
	f := s.get(t, access.Manager, path)
	if f.Status != http.StatusOK || f.Header.Get("Cache-Control") != "no-store" || f.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasSuffix(f.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a file comes with status %d and %v", f.Status, f.Header)
	}
	if p := s.get(t, access.DataOfficer, path); p.Status != http.StatusForbidden {
		t.Errorf("a data officer gets status %d", p.Status)
	}
}

// ownFileOf is the address of the first file on a record's page.
func ownFileOf(body string) string {
	_, rest, _ := strings.Cut(body, `"/records/`)
	for !strings.Contains(strings.SplitN(rest, `"`, 2)[0], "/own/") && rest != "" {
		_, rest, _ = strings.Cut(rest, `"/records/`)
	}
	return "/records/" + strings.SplitN(rest, `"`, 2)[0]
}

// What is kept to one person is seen by that person alone, while they reach the record:
// no page, list, count, export, search or text of the log of anybody else holds it, or
// that there is anything.
func TestKeptToOneIsSeenByNobodyElse(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	worker := s.actors[access.Worker]
	other, otherCookie := s.another(t, "other.worker", access.Worker)
	if err := s.Allocate(t.Context(), s.actors[access.Manager], record, []string{worker.Account, other.Account}); err != nil {
		t.Fatal(err)
	}
	talk := s.talk(t, record, 3, 1, "It is quiet.")
	others := map[string]*http.Cookie{"other worker": otherCookie}
	for _, role := range access.Roles {
		if role != access.Worker {
			others[string(role)] = s.cookies[role]
		}
	}
	counted := []string{"/records/" + record, "/records/" + record + "/outcomes", "/records/" + record + "/outcomes/home", "/caseload", "/overview", "/overview.csv", "/answer.csv"}
	look := func() map[string]string {
		seen := map[string]string{}
		for who, c := range others {
			for _, path := range counted {
				seen[who+" at "+path] = s.ask(t, http.MethodGet, path, nil, c).Body
			}
		}
		return seen
	}
	before := look()

	const kept = "Zqkept"
	young := s.come(t, record, "en")
	who := "one " + worker.Account
	s.say(t, young, "home.2", "1", who, kept+"answer").is(t, http.StatusSeeOther)
	s.say(t, young, "home.3", "2", "nobody", kept+"nobody").is(t, http.StatusSeeOther)
	s.sendOwn(t, young, part{"words", "", kept + "words"}, part{"outcome", "", "home"}, part{"who", "", who}, part{"picture", "a.png", pictured(t)}).is(t, http.StatusSeeOther)

	for where, body := range look() {
		if body != before[where] {
			t.Errorf("%s: something else stands there since", where)
		}
	}
	mine := s.get(t, access.Worker, "/records/"+record)
	mine.has(t, kept+"answer", kept+"words", "Said to you alone")
	mine.lacks(t, kept+"nobody")
	file := ownFileOf(mine.Body)
	s.get(t, access.Worker, file).is(t, http.StatusOK)
	for who, c := range others {
		if p := s.ask(t, http.MethodGet, file, nil, c); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
			t.Errorf("%s gets the file: status %d", who, p.Status)
		}
		for _, pattern := range web.Patterns() {
			if !strings.HasPrefix(pattern, "GET ") {
				continue
			}
			_, path := s.address(pattern, record, talk)
			if p := s.ask(t, http.MethodGet, path, nil, c); strings.Contains(p.Body+fmt.Sprint(p.Header), kept) {
				t.Errorf("%s at %s: holds what was kept", who, pattern)
			}
		}
		found := s.ask(t, http.MethodPost, "/caseload/find", url.Values{"find": {kept + "words"}}, c)
		if found.Location != "" {
			found = s.ask(t, http.MethodGet, found.Location, nil, c)
		}
		if strings.Contains(found.Body, record) {
			t.Errorf("%s finds the record by what was kept", who)
		}
	}
	var out strings.Builder
	if _, err := s.ExportReadings(t.Context(), service.Operator("999"), &out, template.CSV); err != nil || strings.Contains(out.String(), kept) {
		t.Errorf("the export holds it, %v", err)
	}

	// Who works with them no more sees nothing of it, whatever was said to them.
	if err := s.Allocate(t.Context(), s.actors[access.Manager], record, []string{other.Account}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/records/" + record, file} {
		s.get(t, access.Worker, path).is(t, http.StatusNotFound)
	}
}

// givesPicture lets the young person of a record give a picture, with a word, to all who
// help.
func (s *site) givesPicture(t testing.TB, by service.Actor, record, word string) string {
	t.Helper()
	in, err := s.GiveOwnCode(t.Context(), by, record, false)
	if err != nil {
		t.Fatal(err)
	}
	_, y, err := s.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.8"})
	if err != nil {
		t.Fatal(err)
	}
	id := s.NewID()
	err = s.SayOwnWay(t.Context(), y, service.NewOwnSaid{ID: id, Kind: "picture", Words: "Given by " + word, File: []byte(pictured(t)), Audience: conversation.Helpers})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
