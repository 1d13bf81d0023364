package ui

import (
	"html/template"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"
)

// every is one of each component.
func every() []Component {
	return []Component{
		Answers{}, BackLink{}, Bar{}, Breadcrumbs{}, Button{}, Cards{}, Checkboxes{}, DateInput{}, Details{},
		ErrorSummary{}, Facts{}, FileUpload{}, Filter{}, InsetText{}, Kept{}, Notice{}, Page{}, Pagination{},
		PasswordInput{}, PostButton{}, Problem{}, Radios{}, Select{}, SkipLink{}, SummaryList{}, Table{}, Tabs{},
		Tag{}, TextInput{}, Textarea{}, WarningText{}, YoungPage{},
	}
}

func TestEachTemplateFitsItsType(t *testing.T) {
	checked := map[string]bool{}
	for _, c := range every() {
		name := c.templateName()
		found := Templates().Lookup(name)
		if found == nil {
			t.Errorf("%T has no template %s", c, name)
			continue
		}
		checked[name] = true
		if err := templatecheck.CheckHTMLStrict(found, c); err != nil {
			t.Errorf("%T: %v", c, err)
		}
	}
}

func TestEachComponentDrawsWhenEmpty(t *testing.T) {
	for _, c := range every() {
		if _, err := HTML(c); err != nil {
			t.Errorf("%T: %v", c, err)
		}
	}
}

// inline finds what the content security policy of the pages forbids.
var inline = regexp.MustCompile(`(?i)<style|\sstyle\s*=|\son[a-z]+\s*=|<script(?:[^>]*)>[^<]|javascript:`)

func TestNoTemplateWritesInlineStyleOrScript(t *testing.T) {
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, err := templateFiles.ReadFile("templates/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := inline.FindString(string(text)); found != "" {
			t.Errorf("%s holds %q, which the content security policy forbids", entry.Name(), found)
		}
	}
	for _, bad := range []string{`<p style="x">`, `<a onclick="x">`, `<script>x`} {
		if !inline.MatchString(bad) {
			t.Errorf("the check does not see %s", bad)
		}
	}
}

func TestWhatPeopleTypeIsEscaped(t *testing.T) {
	const typed = `"><script>alert(1)</script>`
	for _, c := range []Component{
		TextInput{Name: "a", Label: Label{Text: typed}, Value: typed, Error: typed, Hint: typed},
		Textarea{Name: "a", Value: typed}, Radios{Name: typed, Items: []Choice{{Value: typed, Text: typed}}},
		Table{Caption: typed, Rows: [][]Cell{{{Text: typed}}}}, SummaryList{Rows: []SummaryRow{{Key: typed, Value: typed}}},
		Page{Heading: typed, Person: typed, Lead: typed},
	} {
		html, err := HTML(c)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(html), "<script>alert") {
			t.Errorf("%T lets markup through that somebody typed", c)
		}
	}
}

func TestAnErrorIsToldFirstInTheTitle(t *testing.T) {
	p := Page{Heading: "Add a young person", Errors: &ErrorSummary{}}
	if got, want := p.FullTitle(), "Add a young person – Stable Futures"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	p.Errors.Add("#born-day", "The day must be a number from 1 to 31")
	if got, want := p.FullTitle(), "Error: Add a young person – Stable Futures"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
}

func TestYoungPagesSayNothingOutside(t *testing.T) {
	html, err := HTML(YoungPage{Leave: &Link{Href: "https://www.bbc.co.uk/weather"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Stable Futures", "traffick", "council"} {
		if strings.Contains(string(html), word) {
			t.Errorf("a young person's empty page holds %q", word)
		}
	}
}

func TestViewsWriteNothingWhenATemplateFails(t *testing.T) {
	views := &Views{template.Must(Templates().Parse(`{{define "bad"}}<p>{{.Missing.Deeper}}</p>{{end}}{{define "good"}}<p>{{.}}</p>{{end}}`))}
	w := httptest.NewRecorder()
	if err := views.Page(w, http.StatusOK, Page{}, "bad", struct{ Other int }{}); err == nil {
		t.Fatal("a template that fails gives no error")
	}
	if w.Body.Len() != 0 || len(w.Header()) != 0 {
		t.Errorf("something was written before the failure: %q %v", w.Body.String(), w.Header())
	}
	if err := views.Page(w, http.StatusOK, Page{Heading: "Works"}, "good", "a < b"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(w.Body.String(), "<p>a &lt; b</p>") {
		t.Errorf("the content is not in the page: %s", w.Body.String())
	}
}

func TestProblemsAreDrawnForEveryStatus(t *testing.T) {
	for _, row := range []struct {
		status int
		want   string
	}{
		{http.StatusNotFound, "Page not found"},
		{http.StatusForbidden, "You may not open this page"},
		{http.StatusInternalServerError, "Something went wrong here"},
		{http.StatusInsufficientStorage, "The computer that keeps the records is full"},
		{http.StatusServiceUnavailable, "The records cannot be reached just now"},
		{http.StatusTeapot, "We could not read what was sent"}, // no page of its own
		{http.StatusBadGateway, "Something went wrong here"},   // no page of its own
	} {
		w := httptest.NewRecorder()
		WriteProblem(w, row.status)
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.want) {
			t.Errorf("status %d: got %d, page without %q", row.status, w.Code, row.want)
		}
	}
}

func TestNumbersAsPeopleReadThem(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "−1,234,567"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	if got := Count(1, "child", "children"); got != "1 child" {
		t.Errorf("Count = %q", got)
	}
	if got := Of(14, 1025); got != "14 of 1,025" {
		t.Errorf("Of = %q", got)
	}
}
