package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/web"
	"stablefutures/internal/web/webtest"
)

// withSounds serves the site with a folder of recordings. Beside it, and behind a link in
// it, is what nobody may hear.
func (s *site) withSounds(t *testing.T, files ...string) (folder string) {
	t.Helper()
	outside := t.TempDir()
	folder = filepath.Join(outside, "sounds")
	for _, name := range append(files, "../secret.mp3") {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("sound of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outside, "secret.mp3"), filepath.Join(folder, "ti", "home.title.mp3")); err != nil {
		t.Fatal(err)
	}
	handler, err := web.New(s.Service, web.Options{Sounds: folder})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return folder
}

// A text that somebody recorded can be heard, in the language that was chosen alone, and
// nothing is asked for before somebody wants to hear it.
func TestRecordedTextsCanBeHeard(t *testing.T) {
	s := newSite(t)
	folder := s.withSounds(t, "ti/first.what.mp3", "ti/indicator.home.1.ogg", "ti/language.title.m4a", "ar/first.what.webm", "ti/first.choose.exe", "ti/first.safe.text.ogg", "ti/first.safe.text.mp3")
	record := s.young(t, "Yusuf Placeholder")
	s.post(t, access.Manager, "/duty", url.Values{"person-1": {s.actors[access.DutyWorker].Account}, "email-1": {"duty@council.example"}}).is(t, http.StatusSeeOther)
	tigrinya, english := s.come(t, record, "ti"), s.come(t, record, "en")
	first := s.ask(t, http.MethodGet, "/me/first", nil, tigrinya)
	first.has(t, `<audio controls preload="none" src="/me/sound/first.what"`, `src="/me/sound/first.safe.text"`)
	first.lacks(t, "first.choose", "autoplay")
	s.ask(t, http.MethodGet, "/me/about/home.1", nil, tigrinya).has(t, `src="/me/sound/indicator.home.1"`)
	s.ask(t, http.MethodGet, "/me/about/home.2", nil, tigrinya).lacks(t, "<audio")
	s.ask(t, http.MethodGet, "/me", nil, tigrinya).lacks(t, "<audio") // a link that leads out of the folder
	s.ask(t, http.MethodGet, "/me/first", nil, english).lacks(t, "<audio")
	s.ask(t, http.MethodGet, "/me/language", nil, english).has(t, `src="/me/language/ti"`)

	for path, want := range map[string][2]string{"/me/sound/first.what": {"audio/mpeg", "sound of ti/first.what.mp3"}, "/me/sound/indicator.home.1": {"audio/ogg", "sound of ti/indicator.home.1.ogg"},
		"/me/language/ti": {"audio/mp4", "sound of ti/language.title.m4a"}, "/me/sound/first.safe.text": {"audio/mpeg", "sound of ti/first.safe.text.mp3"}} {
		p := s.ask(t, http.MethodGet, path, nil, tigrinya)
		p.is(t, http.StatusOK)
		if p.Body != want[1] || p.Header.Get("Content-Type") != want[0] || p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s, %q", path, p.Header, p.Body)
		}
	}
	for _, path := range []string{"/me/sound/home.title", "/me/sound/first.choose", "/me/sound/..%2f..%2fsecret", "/me/sound/..%2far%2ffirst.what", "/me/sound/%2e%2e", "/me/sound/secret", "/me/sound/first.what%00", "/me/language/..%2f..", "/me/language/cy"} {
		if p := s.ask(t, http.MethodGet, path, nil, tigrinya); p.Status == http.StatusOK || strings.Contains(p.Body, "sound of") {
			t.Errorf("%s: status %d, %s", path, p.Status, shortened(p.Body))
		}
	}
	if p := s.ask(t, http.MethodGet, "/me/sound/first.what", nil, nil); p.Status == http.StatusOK {
		t.Errorf("nobody hears it: %d", p.Status)
	}
	s.get(t, access.ParticipationLead, "/languages/ti").has(t, "Recorded")

	// What is added is found within a minute.
	if err := os.WriteFile(filepath.Join(folder, "ti", "cards.title.mp3"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(61 * time.Second)
	s.ask(t, http.MethodGet, "/me/cards", nil, tigrinya).has(t, `src="/me/sound/cards.title"`)
}

// A page with recordings is as right and as narrow as one without.
func TestPagesWithRecordingsInABrowser(t *testing.T) {
	s := newSite(t)
	s.withSounds(t, "ti/first.what.mp3", "ti/indicator.home.1.ogg", "ti/language.title.mp3", "ar/language.title.mp3")
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "ti")
	browser := webtest.Start(t)
	for _, path := range []string{"/me/language", "/me/first", "/me/about/home.1"} {
		t.Run(path, func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{cookie}})
		})
	}
}
