package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/date"
	"stablefutures/internal/foi"
	"stablefutures/internal/web/webtest"
)

// figures are the rows of a downloaded CSV, without its notes.
func figures(t *testing.T, body string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(body))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Over the whole fictional council: who may see what, and that nothing small
// leaves.
func TestFiguresOfACouncil(t *testing.T) {
	s := fictionalSite(t)
	t.Run("a manager sees exact numbers, marked so, and can look at it as published", func(t *testing.T) {
		exact := s.get(t, access.Manager, "/overview")
		exact.is(t, http.StatusOK)
		exact.has(t, "Exact numbers, for you only", "As published", "What they say now", "Exploitation type", "Who took part in their reviews", "95 % interval", "Fictional")
		s.get(t, access.Manager, "/overview?as=published").has(t, "Small numbers are kept back", "Exact numbers, for you only")
		s.get(t, access.Manager, "/answer").has(t, "Exact numbers, for you only", "looked after", "For a letter")
	})
	t.Run("nobody else does, whatever the address says", func(t *testing.T) {
		for _, role := range []access.Role{access.Worker, access.DataOfficer} {
			for _, path := range []string{"/overview", "/overview?as=exact", "/answer", "/overview/home"} {
				p := s.get(t, role, path)
				p.is(t, http.StatusOK)
				p.has(t, "Small numbers are kept back")
				p.lacks(t, "for you only")
			}
		}
		s.get(t, access.Administrator, "/overview").is(t, http.StatusForbidden)
		s.get(t, access.Administrator, "/answer.json").is(t, http.StatusForbidden)
	})
	t.Run("no download holds a number from 1 to 5", func(t *testing.T) {
		for _, path := range []string{"/overview.csv", "/answer.csv"} {
			p := s.get(t, access.Manager, path)
			p.is(t, http.StatusOK)
			p.has(t, "fictional")
			for n, row := range figures(t, p.Body)[1:] {
				for k, cell := range row {
					value, err := strconv.Atoi(cell)
					if err == nil && value >= 1 && value <= 5 {
						t.Errorf("%s, row %d, cell %d: %d in %v", path, n, k, value, row)
					}
				}
			}
		}
		if p := s.get(t, access.Manager, "/overview.xlsx"); !strings.HasPrefix(p.Body, "PK") {
			t.Error("the workbook is none")
		}
	})
	t.Run("what is downloaded adds up with what is shown", func(t *testing.T) {
		var answer struct {
			Published  bool
			Suppressed []string
			Groups     []struct {
				ID       string
				Children *int
			}
		}
		if err := json.Unmarshal([]byte(s.get(t, access.Manager, "/answer.json?year=2026-03-31").Body), &answer); err != nil {
			t.Fatal(err)
		}
		if !answer.Published || len(answer.Groups) != 4 {
			t.Errorf("%+v", answer)
		}
		s.get(t, access.DataOfficer, "/answer?year=2026-03-31").has(t, strconv.Itoa(*answer.Groups[0].Children)+" of them were identified")
	})
	t.Run("in a browser", func(t *testing.T) {
		browser := webtest.Start(t)
		for n, visit := range []struct {
			role access.Role
			path string
		}{{access.Manager, "/overview"}, {access.Worker, "/overview"}, {access.Manager, "/overview/home"}, {access.Manager, "/answer"}, {access.Worker, "/answer?year=2025-03-31"}} {
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				browser.Check(t, webtest.Visit{URL: s.URL + visit.path, Cookies: []*http.Cookie{s.cookies[visit.role]}})
			})
		}
	})
}

// The overview tells who was identified, suspected and missing by the answer's own
// numbers: two countings of almost the same children would tell small ones.
func TestTheOverviewSaysWhatTheAnswerSays(t *testing.T) {
	s := fictionalSite(t)
	for _, year := range []string{"2025-03-31", "2026-03-31"} {
		for _, role := range []access.Role{access.Manager, access.Worker} {
			a, err := s.Answer(t.Context(), s.actors[role], date.Date(year), false)
			if err != nil {
				t.Fatal(err)
			}
			identified, _ := a.Group(foi.Identified)
			suspected, _ := a.Group(foi.Suspected)
			page := s.get(t, role, "/overview?year="+year)
			page.has(t,
				identified.Children.String()+"</span> identified <span class=\"sf-fact__base\">of "+a.Base.LookedAfter.String()+" looked after in the year",
				suspected.Children.String()+"</span> suspected, not identified",
				identified.WentMissing.String()+"</span> went missing <span class=\"sf-fact__base\">of the "+identified.Children.String()+" identified; "+identified.MissingEpisodes.String()+" times")
			page.lacks(t, "Did not, as far as the return says")
		}
	}
}

// Every print has small numbers kept back: exact ones are not on paper, with or
// without script, and the page says what to do.
func TestExactNumbersAreNotPrinted(t *testing.T) {
	s := fictionalSite(t)
	browser := webtest.Start(t)
	const line = "Exact numbers are not printed."
	for _, c := range []struct {
		role  access.Role
		path  string
		exact []string // what stands on the screen
	}{
		{access.Manager, "/overview", []string{"looked after in the year", "Equality", "Criminal", "on the register"}},
		{access.Manager, "/overview/home", []string{"Not talked about", "I feel safe in my home", "of 59"}},
		{access.Manager, "/answer", []string{"Suspected, not identified\t", "Went missing"}},
	} {
		for _, noScript := range []bool{false, true} {
			see := func(print bool) string {
				tab := browser.Open(t, webtest.Visit{URL: s.URL + c.path, Cookies: []*http.Cookie{s.cookies[c.role]}, Print: print, NoScript: noScript})
				return webtest.Evaluate[string](t, tab, `(document.querySelectorAll("#limits, #how").forEach((h) => h.closest("section").remove()), document.querySelector("main").innerText)`)
			}
			screen, paper := see(false), see(true)
			if strings.Contains(screen, line) || !strings.Contains(paper, line) {
				t.Errorf("%s: the line stands on the screen or lacks on paper:\n%s", c.path, paper)
			}
			for _, exact := range c.exact {
				if !strings.Contains(screen, exact) {
					t.Errorf("%s: the screen does not show %q", c.path, exact)
				}
				if strings.Contains(paper, exact) {
					t.Errorf("%s: %q is on paper", c.path, exact)
				}
			}
		}
	}
	tab := browser.Open(t, webtest.Visit{URL: s.URL + "/overview", Cookies: []*http.Cookie{s.cookies[access.Worker]}, Print: true})
	if text := webtest.Evaluate[string](t, tab, `document.querySelector("main").innerText`); strings.Contains(text, line) || !strings.Contains(text, "Equality") {
		t.Error("what is published is not printed")
	}
}

// A letter leaves: it never holds a small number, whoever looks at it.
func TestALetterIsAsPublished(t *testing.T) {
	s := fictionalSite(t)
	letter := func(role access.Role) string {
		body := s.get(t, role, "/answer?year=2026-03-31").Body
		return between(body, `<div class="sf-copy">`, `</div>`)
	}
	if letter(access.Manager) != letter(access.DataOfficer) || !strings.Contains(letter(access.Manager), "c stands in their place") {
		t.Errorf("a manager's letter is\n%s", letter(access.Manager))
	}
}

func TestDownloadsExplainThemselves(t *testing.T) {
	s := fictionalSite(t)
	body := s.get(t, access.Manager, "/overview.csv").Body
	for _, want := range []string{"c = kept back", "u = of too few", "x = not available", "z = does not apply", "Referred or suspected,referred,Referred to the NRM", "Suspected, not referred"} {
		if !strings.Contains(body, want) {
			t.Errorf("the overview's CSV lacks %q", want)
		}
	}
	rows := figures(t, body)
	head := rows[0]
	if got := strings.Join(head[6:], "|"); got != "per cent|95 % interval from|95 % interval to" {
		t.Errorf("columns: %s", got)
	}
	rates := 0
	for _, row := range rows[1:] {
		percent, err := strconv.ParseFloat(row[6], 64)
		if err != nil {
			continue
		}
		rates++
		low, err1 := strconv.ParseFloat(row[7], 64)
		high, err2 := strconv.ParseFloat(row[8], 64)
		if err1 != nil || err2 != nil || low > percent || high < percent {
			t.Errorf("a percentage without an interval around it: %v", row)
		}
	}
	if rates == 0 {
		t.Error("nobody took part in a review")
	}
	for _, indicator := range []string{",home.1,"} {
		if n := strings.Count(body, indicator); n != 1 {
			t.Errorf("%d numbers are published of an indicator, want how many spoke alone", n)
		}
	}
	s.get(t, access.Manager, "/answer.csv").has(t, "c = kept back", "x = not available")
}

// Where nothing was read, there is nothing to write in a letter, and no zero.
func TestNothingReadIsNotNone(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/answer", "/answer?year=2031-03-31"} {
		p := s.get(t, access.Manager, path)
		p.has(t, "nobody can be counted")
		p.lacks(t, "For a letter", "looked after no children", "None of them", "govuk-table__cell")
	}
	if p := s.get(t, access.Manager, "/answer.json"); !strings.Contains(p.Body, `"looked_after": null`) || strings.Contains(p.Body, `"children": 0`) {
		t.Errorf("the JSON tells of children that nobody counted:\n%s", p.Body)
	}
	published := s.get(t, access.Worker, "/overview")
	published.has(t, "nobody can be counted", `<span class="sf-fact__number">0</span> on the register`, "Nobody is on the register")
	published.lacks(t, ">c</span>", ">c</td>", "of the c ", "is kept back.")
}

// A year that goes on is marked, on the overview and in the answer.
func TestAYearThatHasNotEndedIsMarked(t *testing.T) {
	s := fictionalSite(t)
	const mark = "The year to 31 March 2027 has not ended"
	for _, path := range []string{"/overview?year=2027-03-31", "/answer?year=2027-03-31", "/overview?year=2027-03-31&as=published"} {
		s.get(t, access.Manager, path).has(t, mark, "not ended</option>")
	}
	s.get(t, access.Manager, "/overview.csv?year=2027-03-31").has(t, mark)
	s.get(t, access.Manager, "/overview?year=2026-03-31").lacks(t, mark)
	if letter := between(s.get(t, access.Manager, "/answer?year=2027-03-31").Body, `<div class="sf-copy">`, `</div>`); !strings.Contains(letter, mark) {
		t.Errorf("the letter does not say so: %s", letter)
	}
}

// A council with a handful of young people must be told nothing of them; one with a
// few more, how many they are and no more.
func TestFiguresOfAHandful(t *testing.T) {
	s := newSite(t)
	s.get(t, access.Manager, "/overview").has(t, "Nobody is on the register")
	add := func(n int) {
		for range n {
			record := s.young(t, "Semhar Tesfay")
			s.refer(t, record)
			s.talk(t, record, 2, 5, "")
		}
	}
	add(3)
	for n, row := range figures(t, s.get(t, access.Worker, "/overview.csv").Body)[1:] {
		if row[3] != "c" && row[3] != "x" && row[3] != "z" {
			t.Errorf("row %d tells %v", n, row)
		}
	}
	s.get(t, access.Worker, "/overview").has(t, "too few to say", "is kept back")
	s.get(t, access.Worker, "/overview/home").has(t, "too few to say")
	s.get(t, access.Worker, "/overview/nothing").is(t, http.StatusNotFound)
	s.get(t, access.Worker, "/answer?year=soon").is(t, http.StatusOK)
	add(5)
	for _, row := range figures(t, s.get(t, access.Worker, "/overview.csv").Body)[1:] {
		if row[0] != "Register" && row[3] != "x" || row[0] == "Register" && row[3] != "8" {
			t.Errorf("of 8 young people is told: %v", row)
		}
	}
	p := s.get(t, access.Worker, "/overview")
	p.has(t, "8 young people are on the register", "too few to say how they are")
	p.lacks(t, "Exploitation type", "Last conversation", "sf-outcomes")
	add(4)
	s.get(t, access.Worker, "/overview").has(t, "Exploitation type", "sf-outcomes")
}
