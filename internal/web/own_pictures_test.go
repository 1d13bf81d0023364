package web_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/web/webtest"
)

// seenWords is the text that somebody who looks at the page sees, but for the footer, which
// says of what kind the page is.
const seenWords = `[...document.querySelectorAll("header, main")].flatMap(part => {
	const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), seen = [];
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement, range = document.createRange();
		range.selectNodeContents(walk.currentNode);
		const hidden = e.closest(".t, .unseen");
		if (range.getBoundingClientRect().width > 0 && !(hidden && hidden.getBoundingClientRect().width <= 1)) seen.push(walk.currentNode.data.trim());
	}
	return seen;
}).filter(text => /\p{L}/u.test(text)).join(" | ")`

// picturePages are the pages on which somebody says something, and those that lead there.
var picturePages = []string{"/me", "/me/cards", "/me/about/home.3", "/me/own", "/me/asks/new"}

// Whoever chose pictures sees none of the words of questions, answers, cards and acts, and
// all of them with one tap; whoever listens to the page has them all the time. Each act has
// a name, and each question a picture of its own.
func TestPicturesInPlaceOfWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	for _, tag := range []string{"en", "ar"} {
		t.Run(tag, func(t *testing.T) {
			cookie := s.come(t, s.young(t, "Robin Example"), tag)
			s.choosePictures(t, cookie)
			words, _ := locale.Of(tag)
			tab := browser.Open(t, webtest.Visit{URL: s.URL + "/me", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
			worker := s.actors[access.Worker].Name
			for _, path := range picturePages {
				tab.Go(t, s.URL+path)
				if seen := strings.NewReplacer(worker, "", "|", "", " ", "").Replace(webtest.Evaluate[string](t, tab, seenWords)); seen != "" {
					t.Errorf("%s shows the words %q", path, seen)
				}
				if name := webtest.Evaluate[string](t, tab, `document.querySelector(".show summary").ariaLabel`); name != words.Say("show") {
					t.Errorf("%s: what shows the words is called %q", path, name)
				}
				tab.Leads(t, `(document.querySelector(".show summary").click(), true)`)
				tab.Until(t, "the words are there", `document.querySelector(".show").open`)
				if seen := webtest.Evaluate[string](t, tab, seenWords); !strings.Contains(seen, words.Say("leave")) {
					t.Errorf("%s: after the tap the words are %q", path, seen)
				}
			}
			s.say(t, cookie, "home.3", "4", "helpers", "")
			s.own(t, cookie, "/me/said").has(t, `class="sf-sign"`)
			if body := string(s.raw(t, "/me/about/home.3", cookie, "")); !strings.Contains(body, `class="sf-sign"`) || !strings.Contains(body, words.Say("next")) {
				t.Errorf("the question has no sign of its own, or no word for going on")
			}
		})
	}
}

// Pictures can be chosen before anything was read: on the page on which a language is
// chosen, and there again. What was not asked stays as it was.
func TestPicturesAreChosenWithTheLanguage(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Robin Example")
	cookie := s.come(t, record, "en")
	has := func(want bool, after string) {
		t.Helper()
		if got := strings.Contains(s.own(t, cookie, "/me/cards").Body, `<body class="pictures"`); got != want {
			t.Errorf("%s: pictures are %v", after, got)
		}
	}
	box := `<input type="checkbox" name="pictures" value="yes"`
	s.own(t, cookie, "/me/language").has(t, box+">", "More pictures, fewer words")
	s.sends(t, cookie, "/me/language", map[string][]string{"language": {"ar"}, "pictures": {"yes", "no"}})
	has(true, "chosen with the language")
	s.own(t, cookie, "/me/language").has(t, box+" checked>")
	s.sends(t, cookie, "/me/language", map[string][]string{"language": {"en"}})
	has(true, "where it was not asked")
	s.sends(t, cookie, "/me/language", map[string][]string{"language": {"en"}, "pictures": {"no"}})
	has(false, "left out")
}

// With pictures too, in every language: axe finds nothing, and no box is wider than a
// screen of 320, with the words away and with the words there.
func TestOwnPagesWithPicturesInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	for _, tag := range locale.Tags {
		t.Run(tag, func(t *testing.T) {
			cookie := s.talkative(t, tag)
			s.choosePictures(t, cookie)
			tab := browser.Open(t, webtest.Visit{URL: s.URL + "/me", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
			for _, path := range s.ownPagesOf(t, cookie).all {
				tab.Go(t, s.URL+path)
				for _, found := range tab.Axe(t) {
					t.Errorf("axe on %s: %s", path, found)
				}
				tab.Run(t, chromedp.EmulateViewport(320, 640))
				for _, words := range []string{"away", "there"} {
					webtest.Evaluate[bool](t, tab, fmt.Sprintf(`(() => { for (const d of document.querySelectorAll("details")) d.open = %v; return true })()`, words == "there"))
					if outside := webtest.Evaluate[string](t, tab, outsideBox); outside != "" {
						t.Errorf("%s at 320 with the words %s: %s", path, words, outside)
					}
				}
				tab.Run(t, chromedp.EmulateViewport(360, 640))
			}
			for _, complaint := range tab.Complaints() {
				t.Errorf("the browser: %s", complaint)
			}
		})
	}
}

// A young person who does not read chooses pictures and a language, gives two answers by
// their faces, and leaves; with and without script. PICTURES names a folder for
// pictures of some screens.
func TestTwoAnswersInPictures(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	for _, tag := range []string{"en", "ar"} {
		for _, noScript := range []bool{false, true} {
			name := tag
			if noScript {
				name += " without script"
			}
			t.Run(name, func(t *testing.T) {
				s := newSite(t)
				record := s.young(t, "Robin Example")
				words, _ := locale.Of(tag)
				w := &walker{t: t, words: words, prefix: "pictures-", tab: browser.Open(t, webtest.Visit{URL: s.URL + "/in", Width: 360, Height: 640})}
				if !noScript {
					w.album = os.Getenv("PICTURES")
				}
				w.tab.Scripts(t, !noScript)
				w.press(`document.getElementById("code").value = "`+s.ownCode(t, record)+`"; document.querySelector("main form").submit()`, "/me/language")
				webtest.Evaluate[bool](t, w.tab, `(document.querySelector("main [type=checkbox]").click(), true)`)
				w.picture("language")
				w.press(`document.querySelector("[value=`+tag+`]").click()`, "/me/first")
				w.press(`document.querySelector("main .button").click()`, "/me")
				w.press(`document.querySelector("[href='/me/cards']").click()`, "/me/cards")
				w.picture("cards")
				w.press(`document.querySelector(".cards a[href*='/home.']").click()`, "/me/about/home.1")
				w.press(`document.querySelector(".five label:nth-child(2) input").click(); `+send, "/me/about/home.2")
				webtest.Evaluate[bool](t, w.tab, `(document.querySelector(".five label:last-child input").click(), true)`)
				w.picture("answered")
				w.press(send, "/me/about/home.3")
				seen, err := s.Outcomes(t.Context(), s.actors[access.Worker], record, "")
				if err != nil {
					t.Fatal(err)
				}
				for indicator, want := range map[string]int{"home.1": 4, "home.2": 1} {
					if young := seen.Rows[indicator].Young; len(young) != 1 || young[0].Value != want {
						t.Errorf("their worker reads of %s %+v, want %d", indicator, young, want)
					}
				}
				w.press(`location.href = "/me/own"`, "/me/own")
				w.press(`location.href = "/me/now"`, "/me/now")
				w.album = ""
				w.leaves()
			})
		}
	}
}

// In pictures a question is read aloud with one large button: in the voice of who recorded
// it, and otherwise in the browser's, with its answers in their order.
func TestAQuestionInPicturesIsReadAloud(t *testing.T) {
	s := newSite(t)
	s.withSounds(t, "ti/indicator.home.1.ogg")
	record := s.young(t, "Robin Example")
	browser := webtest.Start(t)
	open := func(tag string) *webtest.Tab {
		cookie := s.come(t, record, tag)
		s.choosePictures(t, cookie)
		return browser.Open(t, webtest.Visit{URL: s.URL + "/me/about/home.1", Cookies: []*http.Cookie{cookie}, Width: 360, Height: 640})
	}
	const large = `(e => e.width >= 100 && e.height >= 48)(document.getElementById("aloud").getBoundingClientRect())`

	tab := open("ti")
	tab.Until(t, "the button is there, in place of the player", large+` && document.querySelector("main audio").hidden`)
	if played := webtest.Evaluate[string](t, tab, `(() => { let played = ""; HTMLMediaElement.prototype.play = function () { played = this.src; }; document.getElementById("aloud").click(); return played })()`); !strings.HasSuffix(played, "/me/sound/indicator.home.1") {
		t.Errorf("the button plays %q", played)
	}

	tab = open("en")
	webtest.Evaluate[bool](t, tab, `(() => {
		window.SpeechSynthesisUtterance = function (text) { this.text = text; };
		speechSynthesis.getVoices = () => [{lang: "en-GB"}];
		speechSynthesis.speak = u => { window.spoken = u.text; };
		speechSynthesis.dispatchEvent(new Event("voiceschanged"));
		return true;
	})()`)
	tab.Until(t, "the button is there", large)
	spoken := webtest.Evaluate[string](t, tab, `(document.getElementById("aloud").click(), window.spoken)`)
	last := -1
	for _, text := range []string{"I feel safe in my home", "Think about", "Yes", "Mostly", "Sometimes", "A little", "No, not at all", "I don't want to say"} {
		if at := strings.Index(spoken, text); at <= last {
			t.Errorf("%q does not stand in its place in what is read: %q", text, spoken)
		} else {
			last = at
		}
	}
	if name := webtest.Evaluate[string](t, tab, `document.getElementById("aloud").getAttribute("aria-label")`); name != "Stop the sound" {
		t.Errorf("while it speaks, the button is called %q", name)
	}
}
