package web_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store/storetest"
)

// sharingSite is the pages with an agency, somebody of it, and one young person whose
// every section holds a word of its own.
type sharingSite struct {
	*site
	record, agency string
}

// words stand in one section each.
var words = map[consent.Section]string{
	consent.Who: "Wholilah", consent.Register: "Registrix", consent.Missing: "3 July 2026", consent.Outcomes: "A little", consent.Words: "Wordlings",
}

func newSharingSite(t *testing.T, dsn string) *sharingSite {
	t.Helper()
	s := &sharingSite{site: newSiteOn(t, dsn, "Fernshire Council", false)}
	var err error
	if s.agency, err = s.AddAgency(t.Context(), s.actors[access.Administrator], "Fernshire NHS", "health"); err != nil {
		t.Fatal(err)
	}
	s.fill(t)
	return s
}

// fill adds the young person by a return that knows when they were missing, and then
// writes a word into every other section.
func (s *sharingSite) fill(t *testing.T) {
	t.Helper()
	ctx, worker, manager := t.Context(), s.actors[access.Worker], s.actors[access.Manager]
	_, err := s.Import(ctx, service.Operator("999"), []service.File{{Name: "missing.csv", Data: []byte("CHILD,DOB,MISSING,MIS_START,MIS_END\n1001,03/02/2010,M,03/07/2026,05/07/2026\n")}}, service.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	found := s.get(t, access.Manager, s.post(t, access.Manager, "/caseload/find", url.Values{"find": {"1001"}}).Location)
	ids := regexp.MustCompile(`/records/([a-z0-9]{10,})"`).FindStringSubmatch(found.Body)
	if ids == nil {
		t.Fatalf("the young person of the return is not found:\n%s", shortened(found.Body))
	}
	s.record = ids[1]
	if err := s.Allocate(ctx, manager, s.record, []string{worker.Account}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveRegister(ctx, worker, s.record, 0, register.Entry{register.FieldState: string(register.Suspected), register.FieldSuspectedOn: "2026-03-02",
		register.FieldSuspectedWhy: words[consent.Register], register.FieldLanguage: words[consent.Who] + "ese", register.FieldNote: "Notelet"}); err != nil {
		t.Fatal(err)
	}
	if err := s.CorrectIdentity(ctx, worker, s.record, service.NewChild{Name: words[consent.Who], BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH"}); err != nil {
		t.Fatal(err)
	}
	s.talk(t, s.record, 2, 1, words[consent.Words])
}

// asks records an answer by the form, as a worker does.
func (s *sharingSite) asks(t *testing.T, section consent.Section, change func(url.Values)) page {
	t.Helper()
	form := url.Values{"id": {s.NewID()}, "purpose": {"sharing"}, "agency": {s.agency}, "section": {string(section)}, "basis": {"consent"}, "answer": {"agreed"}, "how": {"interpreter"}, "language": {"Tigrinya"},
		"asked-on-day": {"20"}, "asked-on-month": {"11"}, "asked-on-year": {"2026"}}
	if change != nil {
		change(form)
	}
	return s.post(t, access.Worker, "/records/"+s.record+"/consent/new", form)
}

// shares asks, and shares by the button.
func (s *sharingSite) shares(t *testing.T, section consent.Section) {
	t.Helper()
	s.asks(t, section, nil).is(t, http.StatusSeeOther)
	p := s.post(t, access.Worker, "/records/"+s.record+"/shares", url.Values{"agency": {s.agency}, "section": {string(section)}, "basis": {"consent"}})
	if p.Status != http.StatusSeeOther || strings.Contains(p.Location, "again") {
		t.Fatalf("sharing leads to %d %s", p.Status, p.Location)
	}
}

// places gives the partner's account its section, by the administrator's form.
func (s *sharingSite) places(t *testing.T, section consent.Section) {
	t.Helper()
	p := s.post(t, access.Administrator, "/accounts/"+s.actors[access.Partner].Account+"/agency", url.Values{"agency": {s.agency}, "section": {string(section)}})
	if p.Status != http.StatusSeeOther || strings.Contains(p.Location, "again") {
		t.Fatalf("placing leads to %d %s", p.Status, p.Location)
	}
}

func (s *sharingSite) withdrawPath(t *testing.T) string {
	t.Helper()
	p := s.get(t, access.Worker, "/records/"+s.record+"/consent")
	found := regexp.MustCompile(`/records/[a-z0-9]+/consent/[a-z0-9]+/withdraw`).FindString(p.Body)
	if found == "" {
		t.Fatalf("nothing can be withdrawn:\n%s", shortened(p.Body))
	}
	return found
}

// A withdrawal takes the partner's view away at their next request, on both engines,
// with no moment in between.
func TestAWithdrawalTakesThePartnersViewAway(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, dsn string) {
		s := newSharingSite(t, dsn)
		s.places(t, consent.Words)
		s.get(t, access.Partner, "/shared/"+s.record).is(t, http.StatusNotFound)
		s.shares(t, consent.Words)
		s.get(t, access.Partner, "/").has(t)
		if p := s.get(t, access.Partner, "/"); p.Location != "/shared" {
			t.Errorf("a partner begins at %s", p.Location)
		}
		s.get(t, access.Partner, "/shared").has(t, "/shared/"+s.record)
		p := s.get(t, access.Partner, "/shared/"+s.record)
		p.is(t, http.StatusOK)
		p.has(t, words[consent.Words])

		path := s.withdrawPath(t)
		s.get(t, access.Worker, path).has(t, "Fernshire NHS sees this section no more")
		s.post(t, access.Worker, path, nil).is(t, http.StatusSeeOther)
		gone, never := s.get(t, access.Partner, "/shared/"+s.record), s.get(t, access.Partner, "/shared/"+s.NewID())
		gone.is(t, http.StatusNotFound)
		if gone.Body != never.Body {
			t.Error("what was taken back is answered otherwise than what never was")
		}
		s.get(t, access.Partner, "/shared").lacks(t, s.record, words[consent.Words])
		s.get(t, access.Worker, "/records/"+s.record+"/history").has(t, "No other agency sees anything of this record", "Opened the section that is shared with their agency")
	})
}

// For each section a partner finds its word and no other section's, on every page that
// a partner may open.
func TestAPartnerSeesOneSectionAndNothingElse(t *testing.T) {
	s := newSharingSite(t, filepath.Join(t.TempDir(), "site.db"))
	for _, section := range consent.Sections {
		s.shares(t, section)
	}
	for _, section := range consent.Sections {
		s.places(t, section)
		list, one := s.get(t, access.Partner, "/shared"), s.get(t, access.Partner, "/shared/"+s.record)
		one.is(t, http.StatusOK)
		one.has(t, words[section], section.Label())
		for other, word := range words {
			if other != section {
				list.lacks(t, word)
				one.lacks(t, word, other.Label())
			}
		}
		one.lacks(t, "Notelet", "1001", "Name of worker")
		for _, path := range []string{"", "/outcomes", "/register", "/history", "/consent"} {
			s.get(t, access.Partner, "/records/"+s.record+path).is(t, http.StatusForbidden)
		}
	}
}

// What is shared ends by the clock, with the agency, with the account, and with the
// section of the account; another account's and another council's eyes see nothing.
func TestAPartnersViewEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, s *sharingSite) int{
		"at the end of its last day": func(t *testing.T, s *sharingSite) int {
			s.asks(t, consent.Words, func(f url.Values) {
				f.Set("expires-on-day", "24")
				f.Set("expires-on-month", "11")
				f.Set("expires-on-year", "2026")
			}).is(t, http.StatusSeeOther)
			s.now = time.Date(2026, 11, 24, 23, 59, 59, 0, time.UTC)
			in, err := s.SignIn(t.Context(), service.Credentials{Authority: "999", Username: string(access.Partner), Password: password, Code: s.code(t, string(access.Partner))}, service.Visitor{})
			if err != nil {
				t.Fatal(err)
			}
			s.cookies[access.Partner] = sessionOf(in)
			s.get(t, access.Partner, "/shared/"+s.record).is(t, http.StatusOK)
			s.now = s.now.Add(time.Second) // midnight in London
			return http.StatusNotFound
		},
		"with the agency": func(t *testing.T, s *sharingSite) int {
			s.get(t, access.Administrator, "/agencies/"+s.agency+"/end").has(t, "1 section of a record")
			s.post(t, access.Administrator, "/agencies/"+s.agency+"/end", nil).is(t, http.StatusSeeOther)
			return http.StatusNotFound
		},
		"with the account": func(t *testing.T, s *sharingSite) int {
			s.post(t, access.Administrator, "/accounts/"+s.actors[access.Partner].Account+"/end", nil).is(t, http.StatusSeeOther)
			return http.StatusSeeOther // to the sign-in
		},
		"with its section": func(t *testing.T, s *sharingSite) int {
			s.places(t, consent.Who)
			return http.StatusNotFound
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSharingSite(t, filepath.Join(t.TempDir(), "site.db"))
			s.places(t, consent.Words)
			s.shares(t, consent.Words)
			s.get(t, access.Partner, "/shared/"+s.record).is(t, http.StatusOK)
			want := end(t, s)
			p := s.get(t, access.Partner, "/shared/"+s.record)
			if p.Status != want || strings.Contains(p.Body, words[consent.Words]) {
				t.Errorf("status %d, want %d", p.Status, want)
			}
		})
	}
}

// Ids of others in the path and in the form, and fields that no page sends, change
// nothing and are answered like what is not there.
func TestSharingRefusesWhatIsNotTheirs(t *testing.T) {
	s := newSharingSite(t, filepath.Join(t.TempDir(), "site.db"))
	s.places(t, consent.Words)
	s.shares(t, consent.Words)
	other := s.young(t, "Duc Nguyen")
	withdraw := s.withdrawPath(t)
	s.get(t, access.Partner, "/shared/"+other).is(t, http.StatusNotFound)
	s.post(t, access.Worker, strings.Replace(withdraw, s.record, other, 1), nil).is(t, http.StatusNotFound)
	s.get(t, access.Worker, strings.Replace(withdraw, s.record, other, 1)).is(t, http.StatusNotFound)
	p := s.post(t, access.Worker, "/records/"+other+"/shares", url.Values{"agency": {s.agency}, "section": {"words"}, "basis": {"consent"}, "child": {s.record}})
	s.get(t, access.Worker, p.Location).has(t, "consent to this does not hold")
	for _, form := range []url.Values{{"basis": {""}}, {"section": {"everything"}}, {"agency": {"nobody"}}, {"answer": {"withdrawn"}}, {"answer": {"applies"}}} {
		p := s.asks(t, consent.Words, func(f url.Values) {
			for k, v := range form {
				f[k] = v
			}
		})
		if !strings.Contains(p.Location, "again") {
			t.Errorf("%v was taken: %d %s", form, p.Status, p.Location)
		}
	}
	s.get(t, access.Partner, "/shared/"+s.record).is(t, http.StatusOK)
	p = s.post(t, access.Administrator, "/accounts/"+s.actors[access.Worker].Account+"/agency", url.Values{"agency": {s.agency}, "section": {"words"}})
	p.is(t, http.StatusNotFound) // is no partner
}

// sharesSomething asks about one record and shares it, with an agency of its council.
func (s *site) sharesSomething(t testing.TB, by service.Actor, record string) consented {
	t.Helper()
	agency, err := s.AddAgency(t.Context(), service.Operator(by.Authority), "Agency "+record, "health")
	if err != nil {
		t.Fatal(err)
	}
	e := consent.Entry{ID: s.NewID(), Matter: consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: consent.Words},
		Basis: consent.Consent, Answer: consent.Agreed, How: consent.Spoken, Language: "English", AskedOn: "2026-11-20"}
	if err := s.RecordConsent(t.Context(), by, record, e); err != nil {
		t.Fatal(err)
	}
	if err := s.Share(t.Context(), by, record, agency, consent.Words, consent.Consent); err != nil {
		t.Fatal(err)
	}
	page, err := s.ConsentOf(t.Context(), by, record)
	if err != nil {
		t.Fatal(err)
	}
	return consented{e.ID, page.Shares[0].ID, agency}
}
