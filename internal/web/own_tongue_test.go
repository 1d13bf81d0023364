package web_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

// spoken is a text of a page with the language that the page says it is in.
type spoken struct{ text, lang string }

// spokenOn are all texts of a page that are seen or read out; what young people and
// workers wrote or are called is left out.
func spokenOn(t *testing.T, body string) (list []spoken) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node, lang string)
	walk = func(n *html.Node, lang string) {
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang = a.Val
			}
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"aria-label", "alt", "title", "placeholder", "data-listen", "data-kept", "data-notkept", "data-quiet"}, a.Key) {
				list = append(list, spoken{strings.TrimSpace(a.Val), lang})
			}
			if a.Key == "class" && a.Val == "words" {
				return
			}
		}
		if n.Type == html.ElementNode && slices.Contains([]string{"style", "script", "bdi", "textarea"}, n.Data) {
			return
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			list = append(list, spoken{text, lang})
		}
		for child := range n.ChildNodes() {
			walk(child, lang)
		}
	}
	walk(root, "")
	return list
}

var (
	latin   = regexp.MustCompile(`\p{Latin}{2,}`)
	putIn   = regexp.MustCompile("\u2068[^\u2069]*\u2069")
	letters = map[string]*unicode.RangeTable{"ar": unicode.Arabic, "ckb": unicode.Arabic, "ps": unicode.Arabic, "prs": unicode.Arabic, "ti": unicode.Ethiopic, "am": unicode.Ethiopic}
)

// inLettersOf tells whether most letters of a text are those of a language, and no word
// of another alphabet is among them.
func inLettersOf(lang, text string) bool {
	script := letters[lang]
	if script == nil {
		script = unicode.Latin
	} else if latin.MatchString(strings.ReplaceAll(putIn.ReplaceAllString(text, ""), "CSF-POF", "")) {
		return false
	}
	ours, all := 0, 0
	for _, r := range putIn.ReplaceAllString(text, "") {
		if unicode.IsLetter(r) {
			all++
			if unicode.Is(script, r) {
				ours++
			}
		}
	}
	return 2*ours >= all
}

// english are all texts of English, so that one of them is known wherever it shows.
func english(e *framework.Edition) map[string]bool {
	known := map[string]bool{}
	w, _ := locale.Of(locale.SourceTag)
	for _, key := range w.Keys() {
		if text, _ := w.Text(key); len(strings.Fields(text.Words)) > 2 {
			known[text.Words] = true
		}
	}
	for _, k := range e.ForYoungPeople() {
		if text, _, _ := e.In(k.Texts, locale.SourceTag); len(strings.Fields(text)) > 2 {
			known[text] = true
		}
	}
	return known
}

// No page shows a text of another language without saying so: not with the working
// edition, which is there in every language, and not with one that is in English alone.
func TestNoTextIsSilentlyInAnotherLanguage(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	working := framework.Working()
	alone := *working
	alone.ID = "english-alone"
	data, err := json.Marshal(&alone)
	if err != nil {
		t.Fatal(err)
	}
	edition, err := framework.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	operator := service.Operator("999")
	if _, err := s.ImportEdition(t.Context(), operator, edition, ""); err != nil {
		t.Fatal(err)
	}
	known := english(working)
	for _, id := range []string{working.ID, alone.ID} {
		if err := s.UseEdition(t.Context(), operator, id); err != nil {
			t.Fatal(err)
		}
		for _, tag := range locale.Tags {
			cookie := s.come(t, record, tag)
			s.say(t, cookie, "home.1", "4", "helpers", "It is quiet here.")
			foreign := 0
			for _, path := range ownPages {
				for _, said := range spokenOn(t, s.ask(t, http.MethodGet, path, nil, cookie).Body) {
					if said.lang == "" {
						t.Errorf("%s in %s, %s: %q is in no language", path, tag, id, said.text)
					}
					if said.lang != "en" && known[said.text] || !inLettersOf(said.lang, said.text) {
						t.Errorf("%s in %s, %s: %q passes for %s", path, tag, id, said.text, said.lang)
					}
					if said.lang == "en" && known[said.text] {
						foreign++
					}
				}
			}
			if tag != "en" && (foreign > 0) != (id == alone.ID) {
				t.Errorf("in %s, %s: %d English texts", tag, id, foreign)
			}
		}
	}
}
