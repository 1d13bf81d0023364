package web_test

import (
	"fmt"
	"os"
	"testing"

	"net/http"

	"stablefutures/internal/locale"
	"stablefutures/internal/web/webtest"
)

// ownPages are the pages of somebody who is in.
var ownPages = []string{"/me/language", "/me/first", "/me", "/me/cards", "/me/about/home.1", "/me/said", "/me/own", "/me/people", "/me/choices"}

// Every page of a young person is right in a browser: nothing for axe to find, no wider
// than a small screen, in every language, with and without script.
func TestOwnPagesInABrowser(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	record := s.young(t, "Yusuf Placeholder")
	for _, tag := range locale.Tags {
		if _, ok := locale.Of(tag); !ok {
			t.Errorf("there are no words of %s", tag)
			continue
		}
		cookie := s.come(t, record, tag)
		s.say(t, cookie, "home.1", "4", "helpers", "It is quiet here. هنا هادئ")
		s.say(t, cookie, "home.2", "does-not-know", "nobody", "")
		for _, path := range ownPages {
			t.Run(tag+path, func(t *testing.T) {
				var pictures []string
				if folder := os.Getenv("LOOK"); folder != "" {
					pictures = append(pictures, fmt.Sprintf("%s/%s%s", folder, tag, path))
				}
				browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{cookie}}, pictures...)
			})
		}
	}
}
