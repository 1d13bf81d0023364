package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// walker is a young person with a small phone, who presses what a page shows.
type walker struct {
	t      *testing.T
	tab    *webtest.Tab
	words  *locale.Words
	album  string // folder of pictures; empty for none
	prefix string // of the names of pictures
	taken  int
}

// press does something in the page and waits for the page that follows.
func (w *walker) press(script, then string) {
	w.t.Helper()
	w.tab.Leads(w.t, "(() => {"+script+"; return true})()")
	w.tab.Until(w.t, then, `document.readyState === "complete" && new RegExp("^`+then+`$").test(location.pathname)`)
}

// sees fails the test where the page does not show a text.
func (w *walker) sees(text string) {
	w.t.Helper()
	shown := webtest.Evaluate[string](w.t, w.tab, "document.body.innerText")
	if plain := strings.NewReplacer("\u2068", "", "\u2069", ""); !strings.Contains(plain.Replace(shown), plain.Replace(text)) {
		w.t.Errorf("the page does not say %q:\n%s", text, shown)
	}
}

// picture takes one of the screen, where pictures are wanted.
func (w *walker) picture(name string) {
	w.t.Helper()
	if w.album != "" {
		w.taken++
		file := fmt.Sprintf("%s/own-%s%s-%02d-%s-360.png", w.album, w.prefix, w.words.Tag, w.taken, name)
		w.tab.Picture(w.t, file)
		keepTop(w.t, file)
	}
}

// A young person comes in with a code, talks about two things, skips one, writes, chooses
// who sees it, asks for something and leaves; their worker is told at once and answers;
// they read the answer in their language. In three languages, with and without script.
// PICTURES names a folder for a picture of each screen.
func TestAYoungPersonsWholeWay(t *testing.T) {
	t.Parallel()
	browser := webtest.Start(t)
	for _, tag := range []string{"en", "ar", "ti"} {
		for _, noScript := range []bool{false, true} {
			name := tag
			if noScript {
				name += " without script"
			}
			t.Run(name, func(t *testing.T) {
				s := newSite(t)
				record := s.young(t, "Robin Example")
				words, _ := locale.Of(tag)
				w := &walker{t: t, words: words, tab: browser.Open(t, webtest.Visit{URL: s.URL + "/in", Width: 360, Height: 640})}
				if !noScript {
					w.album = os.Getenv("PICTURES")
				}
				w.tab.Scripts(t, !noScript)
				w.comesIn(s, record)
				w.talks(s, record)
				w.leaves()
				w.readsTheAnswer(s, record)
			})
		}
	}
}

func (w *walker) comesIn(s *site, record string) {
	w.t.Helper()
	w.picture("code")
	w.press(`document.getElementById("code").value = "`+s.ownCode(w.t, record)+`"; document.querySelector("main form").submit()`, "/me/language")
	w.picture("language")
	w.press(`document.querySelector("[value=`+w.words.Tag+`]").click()`, "/me/first")
	w.sees(w.words.Say("first.title"))
	w.picture("first")
	w.press(`document.querySelector("main .button").click()`, "/me")
	w.picture("page")
}

// send presses the button of the page's own form, as a finger does.
const send = `[...document.querySelectorAll("main form button")].at(-1).click()`

func (w *walker) talks(s *site, record string) {
	t := w.t
	t.Helper()
	worker := s.actors[access.Worker]
	w.press(`document.querySelector("[href='/me/cards']").click()`, "/me/cards")
	w.picture("cards")
	w.press(`document.querySelector(".cards a[href*='/home.']").click()`, "/me/about/home.1")
	w.picture("question")
	w.press(`document.querySelector("[value='4']").click(); document.querySelector("details").open = true; document.querySelector("[name=words]").value = "It is quiet. هادئ ሰላም"; `+send, "/me/about/home.2")
	if got := s.wordsSeen(t, worker, record); !strings.Contains(got, "It is quiet. هادئ ሰላም") {
		t.Errorf("the worker sees at once %q", got)
	}
	w.press(`document.querySelector("a[href='/me/about/home.3']").click()`, "/me/about/home.3") // goes on without an answer
	w.press(`document.querySelector("a.back").click()`, "/me/cards")
	w.press(`document.querySelector(".cards a[href*='/education.']").click()`, "/me/about/education.1")
	w.press(`document.querySelector("[value='2']").click(); document.querySelector("[name=words]").value = "Only for you"; document.querySelector("[name=who][value^='one ']").click(); `+send, "/me/about/education.2")
	w.press(`document.querySelector("[value='does-not-know']").click(); document.querySelector("[name=ask]").value = "A bus pass"; `+send, "/me/about/education.3")
	w.press(`location.href = "/me/said"`, "/me/said")
	w.sees(w.words.Say("said.sees", "who", w.words.Say("who.one", "name", worker.Name)))
	w.picture("said")
	for _, page := range [][2]string{{"/me/own", "own-way"}, {"/me/now", "now"}, {"/me/people", "people"}, {"/me/choices", "choices"}} {
		w.press(`location.href = "`+page[0]+`"`, page[0])
		w.picture(page[1])
	}
	w.press(`location.href = "/me/asks"`, "/me/asks")
	w.sees("A bus pass")
	w.sees(w.words.Say("ask.waiting"))
	w.picture("asks")
	if got := s.wordsSeen(t, s.actors[access.Manager], record); strings.Contains(got, "Only for you") {
		t.Error("somebody else sees what was for one person alone")
	}
	s.get(t, access.Worker, "/records/"+record).has(t, "Only for you")
}

func (w *walker) leaves() {
	w.t.Helper()
	w.press(`document.querySelector(".leave").click()`, "/closed")
	w.picture("closed")
}

var hrefOfAsk = regexp.MustCompile(`href="(/records/[a-z0-9]+/asks/[a-z0-9]+)"`)

func (w *walker) readsTheAnswer(s *site, record string) {
	t := w.t
	t.Helper()
	found := hrefOfAsk.FindStringSubmatch(s.get(t, access.Worker, "/records/"+record+"/asks").Body)
	if found == nil {
		t.Fatal("the worker finds no ask")
	}
	s.get(t, access.Worker, found[1]).has(t, "A bus pass")
	s.post(t, access.Worker, found[1], url.Values{"id": {s.NewID()}, "came": {"done"}, "words": {"It is in the post."}, "language": {"en"}, "after": {"0"}}).is(t, http.StatusSeeOther)

	w.press(`location.href = "/in"`, "/in")
	w.press(`document.getElementById("code").value = "`+s.ownCode(t, record)+`"; document.querySelector("main form").submit()`, "/me")
	w.sees(w.words.Count("asks.answers", 1))
	w.press(`document.querySelector("[href='/me/asks']").click()`, "/me/asks")
	w.press(`document.querySelector(".words a").click()`, "/me/asks/[a-z0-9]+")
	w.sees(w.words.Say("reply.done"))
	w.sees("It is in the post.")
	w.picture("answer")
	w.press(`document.querySelector("[name=helped][value=yes]").click(); `+send, "/me/asks/[a-z0-9]+")
	w.tab.Until(t, "it is kept that it helped", `document.querySelector(".before") !== null`)
	s.get(t, access.Worker, found[1]).has(t, "it helped")
	w.leaves()
}

// wordsSeen are the words that somebody reads on a young person's record.
func (s *site) wordsSeen(t *testing.T, actor service.Actor, record string) string {
	t.Helper()
	r, err := s.Record(t.Context(), actor, record)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, said := range r.Words {
		if said.Voice == conversation.YoungPerson {
			all = append(all, said.Words.Words)
		}
	}
	return strings.Join(all, "\n")
}
