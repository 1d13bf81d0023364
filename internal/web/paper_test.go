package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	browserpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/locale"
	"stablefutures/internal/web/webtest"
)

// sheetForm is an answer sheet as it is typed back.
func sheetForm(s *site, fields url.Values) url.Values {
	form := url.Values{"id": {s.NewID()}, "held-on-day": {"20"}, "held-on-month": {"11"}, "held-on-year": {"2026"}, "language": {"ትግርኛ"}, "helped-by": {"interpreter"}}
	for name, values := range fields {
		form[name] = values
	}
	return form
}

func TestAnswersOnPaperAreTypedBack(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	path := "/records/" + record + "/paper"
	s.get(t, access.Worker, "/records/"+record).has(t, path)
	s.get(t, access.Worker, path).has(t, "/paper/sheet", "/paper/cards", path+"/answers", "ትግርኛ")
	form := s.get(t, access.Worker, path+"/answers?outcome=home&language=ti")
	form.has(t, `name="answer-home.1"`, `name="words-home.1"`, `value="ትግርኛ"`, "does-not-want-to-say")
	form.lacks(t, "answer-equality.1")

	sheet := sheetForm(s, url.Values{"more": {"I miss my sister"}, "outcome": {"home"}, "answer-home.1": {"4"}, "words-home.1": {"ጽቡቕ"}, "answer-home.2": {"does-not-know"}, "answer-home.3": {""}, "words-home.3": {"no mark here"}})
	kept := s.post(t, access.Worker, path+"/answers", sheet)
	kept.is(t, http.StatusSeeOther)
	if again := s.post(t, access.Worker, path+"/answers", sheet); again.Location != kept.Location {
		t.Errorf("sent twice it leads to %s and to %s", kept.Location, again.Location)
	}
	said := s.get(t, access.Worker, kept.Location)
	said.has(t, "On paper, typed in by Name of worker", "Tigrinya", "Interpreter", "ጽቡቕ", "1 answer by the young person, and 1 time", "Said in their own way", "no mark here", "I miss my sister")
	p := s.get(t, access.Worker, "/records/"+record)
	p.has(t, "On paper, typed in by", "no mark here", "Start a conversation")
	p.has(t, "I miss my sister")
	if n := strings.Count(p.Body, "no mark here"); n != 1 {
		t.Errorf("words without a mark stand there %d times", n)
	}
}

func TestASheetThatIsNotTaken(t *testing.T) {
	s := newSite(t)
	path := "/records/" + s.young(t, "Yusuf Placeholder") + "/paper/answers"
	for _, c := range []struct {
		says   string
		fields url.Values
	}{
		{"Nothing is typed in yet", url.Values{"words-home.1": {" "}, "answer-home.1": {""}}}, {"in the future", url.Values{"held-on-year": {"2027"}, "answer-home.1": {"3"}}},
		{"too long", url.Values{"more": {strings.Repeat("x", 4001)}}}, {"Choose one of the answers", url.Values{"answer-home.1": {"6"}}}, {"too long", url.Values{"answer-home.1": {"3"}, "words-home.1": {strings.Repeat("x", 4001)}}},
	} {
		p := s.post(t, access.Worker, path, sheetForm(s, c.fields))
		if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, path) {
			t.Fatalf("%s: status %d to %s", c.says, p.Status, p.Location)
		}
		p = s.get(t, access.Worker, p.Location)
		p.is(t, http.StatusUnprocessableEntity)
		p.has(t, c.says, `value="ትግርኛ"`)
	}
	if p := s.post(t, access.Worker, path, sheetForm(s, url.Values{"answer-": {"3"}})); p.Status != http.StatusNotFound {
		t.Errorf("an answer to nothing: status %d", p.Status)
	}
	if p := s.post(t, access.Worker, path, sheetForm(s, url.Values{"answer-none.9": {"3"}})); p.Status != http.StatusNotFound {
		t.Errorf("an answer to no question: status %d", p.Status)
	}
	for _, bad := range []string{"/paper/cards?language=xx&size=a4", "/paper/cards?language=en&size=a3", "/paper/sheet"} {
		s.get(t, access.Worker, bad).is(t, http.StatusNotFound)
	}
}

var (
	pdfPage = regexp.MustCompile(`/Type /Page\b[^s]`)
	pdfBox  = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)
)

// What is printed has the size of the paper, a card each on its own place, and no name: in
// every language.
func TestPrinted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.young(t, "Yusuf Placeholder")
	browser := webtest.Start(t)
	for _, tag := range locale.Tags {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			s.prints(t, browser, tag)
		})
	}
}

// prints prints everything that there is to print in one language, in a tab of its own.
func (s *site) prints(t *testing.T, browser *webtest.Browser, tag string) {
	t.Helper()
	outcomes := len(framework.Working().Outcomes())
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/access", Cookies: []*http.Cookie{s.cookies[access.Worker]}})
	for _, c := range []struct {
		path          string
		width, height float64 // mm
		least, most   int
	}{
		{"/paper/cards?size=a6&language=", 105, 148, outcomes, outcomes}, {"/paper/cards?size=a4&language=", 210, 297, (outcomes + 3) / 4, (outcomes + 3) / 4},
		{"/paper/sheet?language=", 210, 297, 6, 14}, {"/paper/sheet?outcome=home&language=", 210, 297, 1, 1},
	} {
		path := c.path + tag
		s.get(t, access.Worker, path).lacks(t, "Yusuf", "Fernshire")
		tab.Go(t, s.URL+path)
		pdf := string(printed(t, tab))
		if pages := len(pdfPage.FindAllString(pdf, -1)); pages < c.least || pages > c.most {
			t.Errorf("%s has %d pages, want %d to %d", path, pages, c.least, c.most)
		}
		for _, box := range pdfBox.FindAllStringSubmatch(pdf, -1) {
			if !points(box[1], c.width) || !points(box[2], c.height) {
				t.Errorf("%s is printed on %s by %s points", path, box[1], box[2])
			}
		}
		if wide := webtest.Evaluate[string](t, tab, `[...document.querySelectorAll(".card, td")].filter(e => e.scrollWidth > e.clientWidth + 1 || e.classList.contains("card") && e.scrollHeight > e.clientHeight + 1).map(e => e.innerText).join()`); wide != "" {
			t.Errorf("%s: does not fit: %s", path, wide)
		}
		for _, found := range tab.Axe(t) {
			t.Errorf("axe on %s: %s", path, found)
		}
		if folder := os.Getenv("LOOK"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.pdf", tag, c.least, filepath.Base(strings.SplitN(path, "?", 2)[0]))), []byte(pdf), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, complaint := range tab.Complaints() {
		t.Errorf("the browser: %s", complaint)
	}
}

// points tells whether a length of a PDF is one of millimetres.
func points(text string, mm float64) bool {
	n, err := strconv.ParseFloat(text, 64)
	want := mm / 25.4 * 72
	return err == nil && n > want-2 && n < want+2
}

// printed is the page as a browser prints it.
func printed(t *testing.T, tab *webtest.Tab) (pdf []byte) {
	t.Helper()
	own := true // the size that the page asks for
	tab.Run(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		got, err := cdp.Call(ctx, target, browserpage.PrintToPDF, browserpage.PrintToPDFParams{PreferCSSPageSize: &own})
		pdf = got.Data
		return err
	}))
	return pdf
}

// The pages of staff on which this stands are right in a browser.
func TestPaperAndOwnWayInABrowser(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	cookie := s.come(t, record, "ti")
	s.sendOwn(t, cookie, part{"words", "", "ጽቡቕ"}, part{"outcome", "", "home"}, part{"who", "", "helpers"}, part{"sound", "a.wav", sounding()}, part{"picture", "a.png", pictured(t)}).is(t, http.StatusSeeOther)
	browser := webtest.Start(t)
	for _, path := range []string{"/records/" + record, "/records/" + record + "/paper", "/records/" + record + "/paper/answers?outcome=home"} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{s.cookies[access.Worker]}})
		})
	}
}
