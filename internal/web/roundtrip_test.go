package web_test

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
	"stablefutures/internal/store/storetest"
)

// The four states, corrections and two people at the same time survive the way from
// the page into the store, out into a file, into another council's database of the
// same engine, and onto the page again.
func TestWhatIsSaidSurvivesPageStoreExportAndImport(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		s := newSiteOn(t, dsn, "Fernshire Council", false)
		record, talk := s.conversationByPage(t)
		o := framework.Working().Outcomes()[9]
		for n, given := range []string{"does-not-want-to-say", "does-not-know", "not-part-of-my-life", "not-talked-about"} {
			s.answer(t, access.Worker, talk, o.Indicators[n].ID, given, "said with "+given)
		}
		other := framework.Working().Outcomes()[8]
		s.answer(t, access.Worker, talk, other.Indicators[0].ID, "2", "first")
		s.answer(t, access.Worker, talk, other.Indicators[0].ID, "4", "ደህና ነው · =1+1") // a correction
		s.bothAtOnce(t, talk, other.Indicators[1].ID)
		s.post(t, access.Worker, talk+"/mine/"+other.Indicators[0].ID, url.Values{"answer": {"3"}, "evidence": {"what-i-have-seen"}, "words": {"locks the door"}}).is(t, http.StatusSeeOther)

		want := s.readingsOnPage(t, record, o, other)
		if n := len(want); n != 9 {
			t.Fatalf("%d readings on the page, 9 were given:\n%s", n, strings.Join(want, "\n"))
		}
		for _, format := range []template.Format{template.CSV, template.XLSX} {
			var file bytes.Buffer
			if _, err := s.ExportReadings(t.Context(), service.Operator("999"), &file, format); err != nil {
				t.Fatal(err)
			}
			elsewhere := filepath.Join(t.TempDir(), "other.db")
			if strings.HasPrefix(dsn, "postgres") {
				elsewhere = storetest.Postgres(t)
			}
			there := newSiteOn(t, elsewhere, "Another Council", false)
			report, err := there.Import(t.Context(), service.Operator("999"), []service.File{{Name: "readings", Data: file.Bytes()}}, service.ImportOptions{})
			if err != nil || len(report.Files) != 1 || report.Files[0].Added != 9 || report.Files[0].RowsSetAside != 0 {
				t.Fatal(err, report)
			}
			found, err := there.Caseload(t.Context(), there.actors[access.Manager], "A1001", service.ByName)
			if err != nil || len(found.Rows) != 1 {
				t.Fatal(err, found)
			}
			if diff := cmp.Diff(want, there.readingsOnPage(t, found.Rows[0].Record, o, other)); diff != "" {
				t.Errorf("%s (-on the first page +on the second):\n%s", format, diff)
			}
			if differences, err := there.CheckCounts(t.Context(), service.Operator("999"), false); err != nil || len(differences) > 0 {
				t.Error(err, differences)
			}
		}
		if differences, err := s.CheckCounts(t.Context(), service.Operator("999"), false); err != nil || len(differences) > 0 {
			t.Error(err, differences)
		}
	})
}

// conversationByPage adds a young person, gives them to the worker and begins a
// conversation, each on its page.
func (s *site) conversationByPage(t *testing.T) (record, talk string) {
	t.Helper()
	record = s.NewID()
	p := s.post(t, access.Manager, "/records/new", url.Values{"id": {record}, "name": {"Semhar Tesfay"}, "la-id": {"A1001"}})
	p.is(t, http.StatusSeeOther)
	s.post(t, access.Manager, "/records/"+record+"/workers", url.Values{"workers": {s.actors[access.Worker].Account}}).is(t, http.StatusSeeOther)
	begun := s.post(t, access.Worker, "/records/"+record+"/talk", url.Values{"id": {s.NewID()}, "language": {"Tigrinya"}, "helped-by": {"interpreter"},
		"held-on-day": {"20"}, "held-on-month": {"11"}, "held-on-year": {"2026"}})
	begun.is(t, http.StatusSeeOther)
	return record, begun.Location
}

func (s *site) answer(t *testing.T, role access.Role, talk, indicator, given, words string) {
	t.Helper()
	form := s.get(t, role, talk+"/young/"+indicator)
	values := url.Values{"id": {between(form.Body, `name="id" value="`, `"`)}, "replaces": {between(form.Body, `name="replaces" value="`, `"`)}, "answer": {given}, "words": {words}}
	s.post(t, role, talk+"/young/"+indicator, values).is(t, http.StatusSeeOther)
}

// bothAtOnce has two people send the form that both opened before either sent it.
func (s *site) bothAtOnce(t *testing.T, talk, indicator string) {
	t.Helper()
	var all sync.WaitGroup
	forms := map[access.Role]url.Values{access.Worker: {"answer": {"5"}}, access.Manager: {"answer": {"1"}}}
	for role, values := range forms {
		form := s.get(t, role, talk+"/young/"+indicator)
		values.Set("id", between(form.Body, `name="id" value="`, `"`))
		values.Set("replaces", between(form.Body, `name="replaces" value="`, `"`))
	}
	status := make(chan int, len(forms))
	for role, values := range forms {
		all.Go(func() { status <- s.post(t, role, talk+"/young/"+indicator, values).Status })
	}
	all.Wait()
	for range forms {
		if got := <-status; got != http.StatusSeeOther {
			t.Errorf("one of two people at the same time got %d", got)
		}
	}
}

var (
	tableRow  = regexp.MustCompile(`(?s)<tr[^>]*>(.*?)</tr>`)
	tableCell = regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`)
	tag       = regexp.MustCompile(`<[^>]+>`)
	spaces    = regexp.MustCompile(`\s+`)
)

// readingsOnPage are the rows of the tables of readings, without who recorded them.
func (s *site) readingsOnPage(t *testing.T, record string, outcomes ...framework.Outcome) (list []string) {
	t.Helper()
	for _, o := range outcomes {
		p := s.get(t, access.Manager, "/records/"+record+"/outcomes/"+o.ID)
		p.is(t, http.StatusOK)
		for n, section := range strings.Split(p.Body, "<section")[1:] {
			for _, row := range tableRow.FindAllStringSubmatch(section, -1) {
				var cells []string
				for _, cell := range tableCell.FindAllStringSubmatch(row[1], -1) {
					cells = append(cells, strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(cell[1], " ")), " ")))
				}
				if len(cells) == 6 && cells[0] != "Day" {
					list = append(list, fmt.Sprint(o.ID, " ", n, ": ", strings.Join(cells[:5], " | ")))
				}
			}
		}
	}
	slices.Sort(list)
	return list
}
