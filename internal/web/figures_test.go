package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"stablefutures/internal/access"
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
		exact.has(t, "Exact numbers, for you only", "As published", "What they say now", "Exploitation type", "Took part in their reviews", "Fictional")
		s.get(t, access.Manager, "/overview?as=published").has(t, "Small numbers are kept back", "Exact numbers, for you only")
		s.get(t, access.Manager, "/answer").has(t, "Exact numbers, for you only", "looked after", "not to be passed on")
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

// A council with a handful of young people must be told nothing of them.
func TestFiguresOfAHandful(t *testing.T) {
	s := newSite(t)
	s.get(t, access.Manager, "/overview").has(t, "too few to say")
	s.get(t, access.Manager, "/answer").has(t, "nobody can be counted")
	for range 3 {
		record := s.young(t, "Semhar Tesfay")
		s.refer(t, record)
		s.talk(t, record, 2, 5, "")
	}
	for n, row := range figures(t, s.get(t, access.Worker, "/overview.csv").Body)[1:] {
		if row[3] != "c" && row[3] != "x" && row[3] != "z" {
			t.Errorf("row %d tells %v", n, row)
		}
	}
	s.get(t, access.Worker, "/overview").has(t, "too few to say")
	s.get(t, access.Worker, "/overview/nothing").is(t, http.StatusNotFound)
	s.get(t, access.Worker, "/answer?year=soon").is(t, http.StatusOK)
}
