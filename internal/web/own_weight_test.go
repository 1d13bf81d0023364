package web_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
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

// wordy writes as people do in a language: at least so many characters of its own words,
// which come again in no order.
type wordy struct {
	words []string
	dice  *rand.Rand
}

func newWordy(tag string) wordy {
	w := wordy{dice: rand.New(rand.NewPCG(1, 2))}
	pages, _ := locale.Of(tag)
	edition, _ := locale.OfEdition(framework.Working().ID, tag)
	for _, of := range []*locale.Words{pages, edition} {
		for _, key := range of.Keys() {
			text, _ := of.Text(key)
			w.words = append(w.words, strings.Fields(text.Words)...)
		}
	}
	slices.Sort(w.words)
	w.words = slices.Compact(w.words)
	return w
}

func (w wordy) writes(characters int) string {
	var out []rune
	for len(out) < characters {
		out = append(out, []rune(w.words[w.dice.IntN(len(w.words))]+" ")...)
	}
	return strings.TrimSpace(string(out[:characters]))
}

// overtalkative is somebody who answered everything three times with many words, asked for
// much, has a long plan and got many answers to one thing.
func (s *site) overtalkative(t testing.TB, tag string) (cookie *http.Cookie, ask string) {
	t.Helper()
	record, worker, w := s.young(t, "Semhar Tesfay"), s.actors[access.Worker], newWordy(tag)
	cookie = s.come(t, record, tag)
	audiences := []string{"helpers", "nobody", "one " + worker.Account}
	n := 0
	for range 3 {
		for _, o := range framework.Working().Outcomes() {
			for _, i := range o.Indicators {
				n++
				s.say(t, cookie, i.ID, fmt.Sprint(1+n%5), audiences[n%3], w.writes([]int{120, 300, 900, 4000}[n%4])).is(t, http.StatusSeeOther)
			}
		}
		s.now = s.now.Add(time.Minute)
	}
	if n != 3*86 {
		t.Errorf("%d things were said", n)
	}
	outcomes := framework.Working().Outcomes()
	for n := range 40 {
		ask = s.NewID()
		s.sends(t, cookie, "/me/asks/new", url.Values{"id": {ask}, "ask": {w.writes([]int{120, 4000}[n%2])}, "about": {outcomes[n%len(outcomes)].Indicators[0].ID}, "who": {"helpers"}})
		step := service.NewStep{ID: s.NewID(), Words: w.writes([]int{120, 300, 490}[n%3]), Language: tag, Owner: worker.Account}
		if err := s.AddPlanStep(t.Context(), worker, record, step); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 20 {
		s.sends(t, s.cookies[access.Worker], askedPath(record, ask), url.Values{"id": {s.NewID()}, "after": {fmt.Sprint(n)}, "came": {"working"}, "why": {"time"}, "words": {w.writes(300)}, "language": {tag},
			"by-day": {"5"}, "by-month": {"12"}, "by-year": {"2026"}})
		s.sends(t, cookie, "/me/asks/"+ask+"/helped", url.Values{"reply": {fmt.Sprint(n + 1)}, "helped": {"little"}, "words": {w.writes(200)}})
	}
	return cookie, ask
}

var nextPart = regexp.MustCompile(`href="(/me/[a-z0-9/]+\?page=\d+)">`)

// parts are the addresses of all parts of a list, as links lead from one to the next.
func (s *site) parts(t testing.TB, cookie *http.Cookie, path string) (list []string, bodies string) {
	t.Helper()
	for list = []string{path}; ; {
		p := s.own(t, cookie, list[len(list)-1])
		bodies += p.Body
		links := nextPart.FindAllStringSubmatch(p.Body, -1)
		if len(links) == 0 || slices.Contains(list, links[len(links)-1][1]) || len(list) > 400 {
			return list, bodies
		}
		list = append(list, links[len(links)-1][1])
	}
}

// However much somebody said, asked for and is promised: each page stays small, and
// everything can be reached by links.
func TestPagesOfWhoSaysMuchWeighLittle(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tag := range []string{"ti", "ar"} {
		cookie, ask := s.overtalkative(t, tag)
		largest, most := "", 0
		for path, c := range map[string]struct {
			entry string
			want  int
		}{"/me/said": {`<p class="quiet">24/11/2026</p>`, 258}, "/me/asks": {`<p class="quiet">24/11/2026</p>`, 40}, "/me/plan": {`<p class="words"`, 41 /* one from a reply */}, "/me/asks/" + ask: {`<p class="before">`, 20}} {
			list, bodies := s.parts(t, cookie, path)
			if got := strings.Count(bodies, c.entry); got != c.want {
				t.Errorf("%s in %s: %d entries in %d parts, want %d", path, tag, got, len(list), c.want)
			}
			for _, part := range append(list, path+"?page=9999", path+"?page=-1") {
				bytes, requests := s.weigh(t, part, cookie)
				if bytes > mostWeight || requests > 2 {
					t.Errorf("%s in %s weighs %d bytes in %d requests, and may %d in 2", part, tag, bytes, requests, mostWeight)
				}
				if bytes > most {
					largest, most = part, bytes
				}
			}
		}
		for _, path := range ownPages {
			if bytes, _ := s.weigh(t, path, cookie); bytes > mostWeight {
				t.Errorf("%s in %s weighs %d bytes", path, tag, bytes)
			}
		}
		t.Logf("the largest in %s is %s: %d bytes of %d", tag, largest, most, mostWeight)
	}
}

// Whoever opens something to others, deep in what they said, stays there. A part has the
// same neutral title as every page.
func TestTheNextPartIsAPlainLink(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Semhar Tesfay"), "en")
	for n := range 35 {
		s.say(t, cookie, "home.1", "3", "nobody", fmt.Sprintf("thing %d.", n+1)).is(t, http.StatusSeeOther)
		s.now = s.now.Add(time.Second)
	}
	first, second, third := s.own(t, cookie, "/me/said"), s.own(t, cookie, "/me/said?page=2"), s.own(t, cookie, "/me/said?page=3")
	first.has(t, `href="/me/said?page=2">Earlier</a>`, "thing 35.", "thing 21.", `class="back" href="/me"`)
	first.lacks(t, "thing 20.", "Later")
	second.has(t, `href="/me/said">Later</a>`, `href="/me/said?page=3">Earlier</a>`, "thing 20.", "thing 6.", "<title>My page</title>", `class="back" href="/me/said"`)
	second.lacks(t, "thing 21.", "thing 5.")
	third.has(t, `href="/me/said?page=2">Later</a>`, "thing 5.", "thing 1.")
	third.lacks(t, "thing 6.", "Earlier")
	opens := regexp.MustCompile(`action="(/me/said/[a-z0-9]+)"><input type="hidden" name="page" value="2">`)
	if p := s.sends(t, cookie, found(t, opens, second), url.Values{"page": {"2"}}); p.Location != "/me/said?page=2" {
		t.Errorf("it leads to %s", p.Location)
	}
	if p := s.sends(t, cookie, found(t, opens, s.own(t, cookie, "/me/said?page=2")), url.Values{"page": {"//elsewhere"}}); p.Location != "/me/said" {
		t.Errorf("it leads to %s", p.Location)
	}
	webtest.Start(t).Check(t, webtest.Visit{URL: s.URL + "/me/said?page=2", Cookies: []*http.Cookie{cookie}})
}
