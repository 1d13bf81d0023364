package web_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"stablefutures/internal/locale"
)

// mostWeight is what a young person's page may weigh, compressed, with all it loads: what
// a network sends in its first round.
const mostWeight = 14 << 10

// loads finds what a page makes a browser ask for by itself.
var loads = regexp.MustCompile(`<(?:script|img|iframe|source|link|audio|video)\b[^>]*?\b(?:src|href)="([^"]+)"[^>]*>`)

// weigh asks for a page as a browser does and gives its bytes on the wire, with those of
// what it loads, and how many requests that takes.
func (s *site) weigh(t testing.TB, path string, cookie *http.Cookie) (bytes, requests int) {
	t.Helper()
	packed := s.raw(t, path, cookie, "gzip")
	html := s.raw(t, path, cookie, "")
	bytes, requests = len(packed), 1
	for _, found := range loads.FindAllStringSubmatch(string(html), -1) {
		if strings.HasPrefix(found[1], "data:") || strings.Contains(found[0], `preload="none"`) {
			continue
		}
		bytes, requests = bytes+len(s.raw(t, found[1], nil, "gzip")), requests+1
	}
	return bytes, requests
}

func (s *site) raw(t testing.TB, path string, cookie *http.Cookie, encoding string) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", encoding)
	if cookie != nil {
		r.AddCookie(cookie)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Encoding") != encoding {
		t.Fatalf("%s: status %d, %s, %v", path, answer.StatusCode, answer.Header.Get("Content-Encoding"), err)
	}
	return body
}

func TestOwnPagesWeighLittle(t *testing.T) {
	s := newSite(t)
	largest, most := "", 0
	for _, tag := range locale.Tags {
		if _, ok := locale.Of(tag); !ok {
			t.Errorf("there are no words of %s", tag)
			continue
		}
		cookie := s.talkative(t, tag)
		for _, way := range []string{"", " with pictures"} {
			if way != "" {
				s.choosePictures(t, cookie)
			}
			for _, path := range s.ownPagesOf(t, cookie).all {
				bytes, requests := s.weigh(t, path, cookie)
				if bytes > mostWeight || requests > 2 {
					t.Errorf("%s in %s%s weighs %d bytes in %d requests, and may %d in 2", path, tag, way, bytes, requests, mostWeight)
				}
				if bytes > most {
					largest, most = path+" in "+tag+way, bytes
				}
			}
		}
	}
	t.Logf("the largest is %s: %d bytes of %d", largest, most, mostWeight)
}
