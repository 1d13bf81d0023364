package web_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/media"
	"stablefutures/internal/web/webtest"
)

// part is one part of a form with files; a file where it has a name.
type part struct{ field, name, value string }

// sendOwn sends the form on which a young person says something in their own way.
func (s *site) sendOwn(t testing.TB, cookie *http.Cookie, parts ...part) page {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, p := range parts {
		to, err := form.CreateFormField(p.field)
		if p.name != "" {
			to, err = form.CreateFormFile(p.field, p.name)
		}
		if err == nil {
			_, err = to.Write([]byte(p.value))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/me/own", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.send(t, r, cookie)
}

// pictured is a small PNG that says where it was made.
func pictured(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewRGBA(image.Rect(0, 0, 8, 6))); err != nil {
		t.Fatal(err)
	}
	return out.String() + "N51.5007 Fairphone"
}

// sounding is a small WAV that says by whom it was made.
func sounding() string { return soundOf("SOUNDS") }

// soundOf is the same with other sounds in it.
func soundOf(sounds string) string {
	chunk := func(name, body string) string {
		return name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	}
	return "RIFF\x00\x00\x00\x00WAVE" + chunk("fmt ", "\x01\x00\x01\x00\x80\xbb\x00\x00\x00\x77\x01\x00\x02\x00\x10\x00") + chunk("LIST", "INFOFairphone!") + chunk("data", sounds)
}

var fileOf = regexp.MustCompile(`/me/file/[0-9A-Za-z-]+`)

func TestInTheirOwnWay(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	cookie := s.come(t, record, "en")
	ids := []part{{"id", "", s.NewID()}, {"id", "", s.NewID()}, {"id", "", s.NewID()}, {"id", "", s.NewID()}}
	form := append(ids, part{"words", "", "This is my room"}, part{"outcome", "", "home"}, part{"who", "", "nobody"}, part{"drawing", "1", pictured(t)},
		part{"picture", "", ""}, part{"sound", "Yusuf's phone.wav", sounding()})
	for range 2 { // sent twice it is kept once
		if p := s.sendOwn(t, cookie, form...); p.Status != http.StatusSeeOther || p.Location != "/me/said" {
			t.Fatalf("status %d, to %s: %s", p.Status, p.Location, shortened(p.Body))
		}
	}
	said := s.ask(t, http.MethodGet, "/me/said", nil, cookie)
	said.has(t, "This is my room", "Nobody, until I say")
	files := fileOf.FindAllString(said.Body, -1)
	if len(files) != 2 {
		t.Fatalf("there are %d files: %v", len(files), files)
	}
	other := s.come(t, s.young(t, "Robin Placeholder"), "en")
	for _, path := range files {
		f := s.ask(t, http.MethodGet, path, nil, cookie)
		f.is(t, http.StatusOK)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
			if f.Header.Get(name) != want {
				t.Errorf("%s of a file is %q", name, f.Header.Get(name))
			}
		}
		if h := f.Header; !strings.HasSuffix(h.Get("Content-Security-Policy"), "sandbox") || tells(h.Get("Content-Disposition")) != "" || strings.Contains(h.Get("Content-Disposition"), "Yusuf") {
			t.Errorf("a file is sent with %v", h)
		}
		if strings.Contains(f.Body, "Fairphone") || strings.Contains(f.Body, "N51") {
			t.Error("a file still says where and with what it was made")
		}
		for who, c := range map[string]*http.Cookie{"another young person": other, "a worker": s.cookies[access.Worker], "nobody": nil} {
			if p := s.ask(t, http.MethodGet, path, nil, c); p.Status == http.StatusOK {
				t.Errorf("%s gets the file", who)
			}
		}
	}
}

// What is wrong with a file is said in their words, and what they typed and chose stays.
func TestAFileThatIsNotTaken(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	big := strings.Repeat("x", media.Most+1)
	for _, c := range []struct {
		name, says string
		parts      []part
	}{
		{"too big", "This file is too big", []part{{"picture", "a.png", big}}}, {"far too big", "This file is too big", []part{{"picture", "a.png", big}, {"drawing", "a.png", big}, {"sound", "a.wav", big}}},
		{"no picture", "We cannot open this file", []part{{"picture", "a.png", "<html>"}}}, {"no sound", "We cannot open this file", []part{{"sound", "a.mp3", pictured(t)}}},
		{"an empty file", "There is nothing to keep yet", []part{{"picture", "a.png", ""}}}, {"nothing", "There is nothing to keep yet", []part{{"words", "", "  "}}},
		{"too many words", "This is too long", []part{{"words", "", strings.Repeat("እ", 5000)}}},
	} {
		parts := []part{{"outcome", "", "home"}, {"who", "", "nobody"}}
		if c.parts[0].field != "words" {
			parts = append(parts, part{"words", "", "These words stay"})
		}
		p := s.sendOwn(t, cookie, append(parts, c.parts...)...)
		if p.Status != http.StatusUnprocessableEntity && p.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: status %d", c.name, p.Status)
		}
		p.has(t, c.says, `value="home" selected`, `value="nobody" checked`)
		if c.parts[0].field != "words" {
			p.has(t, "These words stay")
		}
	}
	s.ask(t, http.MethodGet, "/me/said", nil, cookie).has(t, "You have not said anything yet")
}

// What a finger or a mouse does that draws a line, and what records a voice for a while.
const (
	drawsALine = `(() => { const c = document.querySelector("canvas"); c.setPointerCapture = () => {}; c.scrollIntoView();
		const r = c.getBoundingClientRect();
		const go = (kind, x, y) => c.dispatchEvent(new PointerEvent(kind, {clientX: r.left + x, clientY: r.top + y, buttons: 1, pointerId: 1, bubbles: true}));
		go("pointerdown", 20, 20); go("pointermove", 200, 150); go("pointerup", 200, 150); return true })()`
	passesASecond = `new Promise(done => setTimeout(() => done(true), 1200))`
)

// records lets a tab record, until something else ends it.
func records(t *testing.T, tab *webtest.Tab) {
	t.Helper()
	tab.Leads(t, `(document.querySelector("#voice button").click(), true)`)
	tab.Until(t, "it records", `document.querySelector("#voice [role]").textContent !== ""`)
}

// keepsBoth presses the button while a tab still records, and looks for so many of both.
func keepsBoth(t *testing.T, tab *webtest.Tab, each int) {
	t.Helper()
	webtest.Evaluate[bool](t, tab, passesASecond)
	tab.Leads(t, `(document.querySelector("form[data-keep]").requestSubmit(), true)`)
	tab.Until(t, "it is kept", `location.pathname === "/me/said" && document.readyState === "complete"`)
	if n := webtest.Evaluate[int](t, tab, `document.querySelectorAll("audio").length * 10 + document.querySelectorAll('a[href^="/me/file/"]').length`); n != 11*each {
		t.Fatalf("%d sounds and drawings are kept, want %d of each", n, each)
	}
}

// With a script they draw with a finger or a mouse, and record; both are kept, whichever
// was first.
func TestDrawnAndRecorded(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/me/own", Width: 360, Height: 640, Cookies: []*http.Cookie{cookie}})
	webtest.Evaluate[bool](t, tab, drawsALine)
	records(t, tab)
	keepsBoth(t, tab, 1)
	dark := webtest.Evaluate[int](t, tab, `(async () => { const i = await createImageBitmap(await (await fetch(document.querySelector('a[href^="/me/file/"]').href)).blob());
		const c = document.createElement("canvas"); c.width = i.width; c.height = i.height; const p = c.getContext("2d"); p.drawImage(i, 0, 0);
		return p.getImageData(0, 0, i.width, i.height).data.filter((v, n) => n % 4 === 0 && v < 100).length })()`)
	if dark < 500 {
		t.Errorf("the drawing has %d dark points", dark)
	}
	seconds := webtest.Evaluate[float64](t, tab, `(async () => { const b = await (await fetch(document.querySelector("audio").src)).arrayBuffer(); return (await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(b)).duration })()`)
	if seconds < 0.5 || seconds > 30 {
		t.Errorf("the sound that was cleaned plays for %v s", seconds)
	}
	tab.Go(t, s.URL+"/me/own")
	records(t, tab)
	webtest.Evaluate[bool](t, tab, strings.ReplaceAll(drawsALine, "200, 150", "180, 90")) // the same line would be the same drawing
	keepsBoth(t, tab, 2)
	for _, c := range tab.Complaints() {
		t.Error("the browser says:", c)
	}
	tab.Run(t, chromedp.Navigate("about:blank"))
}

// A file that is too big for anything is not sent at all: the page stays, with what is on it.
func TestAScriptSaysWhatIsWrong(t *testing.T) {
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	tab := webtest.Start(t).Open(t, webtest.Visit{URL: s.URL + "/me/own", Cookies: []*http.Cookie{cookie}})
	for size, says := range map[string]string{"9 << 20": "too big", "9": "cannot open"} {
		webtest.Evaluate[bool](t, tab, `(() => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(`+size+`)], "a.png")); document.getElementById("picture").files = d.files;
			document.getElementById("words").value = "stays"; document.querySelector("form[data-keep]").requestSubmit(); return true })()`)
		tab.Until(t, says, `(document.querySelector(".kept") || {textContent: ""}).textContent.includes("`+says+`")`)
		if !webtest.Evaluate[bool](t, tab, `document.getElementById("words").value === "stays" && document.getElementById("picture").files.length === 1`) {
			t.Error("what was typed and chosen is gone")
		}
		if webtest.Evaluate[bool](t, tab, `document.querySelector("form[data-keep]").inert`) {
			t.Error("what is wrong cannot be put right")
		}
	}
}

// Browsers that ask for a part of a sound get that part: some play none otherwise. What a
// file is sent with is the same.
func TestAPartOfAFile(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	cookie := s.come(t, record, "en")
	s.sendOwn(t, cookie, part{"words", "", "Mine"}, part{"who", "", "helpers"}, part{"sound", "a.wav", sounding()}).is(t, http.StatusSeeOther)
	own := fileOf.FindString(s.own(t, cookie, "/me/said").Body)
	for path, by := range map[string]*http.Cookie{own: cookie, ownFileOf(s.get(t, access.Worker, "/records/"+record).Body): s.cookies[access.Worker]} {
		whole := s.own(t, by, path)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Range", "bytes=0-3")
		p := s.send(t, r, by)
		p.is(t, http.StatusPartialContent)
		if p.Body != whole.Body[:4] || p.Header.Get("Content-Range") != fmt.Sprintf("bytes 0-3/%d", len(whole.Body)) {
			t.Errorf("%s: %q, %s", path, p.Body, p.Header.Get("Content-Range"))
		}
		for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"} {
			if p.Header.Get(name) != whole.Header.Get(name) || p.Header.Get(name) == "" {
				t.Errorf("%s: %s is %q of a part and %q of the whole", path, name, p.Header.Get(name), whole.Header.Get(name))
			}
		}
	}
}
