package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/register"
)

// agreeToStudy puts so many young people on the register who talked, of whom some agree.
func (s *site) agreeToStudy(t *testing.T, all, agree int) (records []string) {
	t.Helper()
	for n := range all {
		record := s.young(t, fmt.Sprint("Child ", n))
		if err := s.SaveRegister(t.Context(), s.actors[access.Worker], record, 0, register.Entry{register.FieldState: string(register.Suspected)}); err != nil {
			t.Fatal(err)
		}
		s.talk(t, record, 2, 1, "Wordlings")
		if n < agree {
			e := consent.Entry{ID: s.NewID(), Matter: consent.Matter{Purpose: consent.Study}, Basis: consent.Consent, Answer: consent.Agreed, How: consent.Written, Language: "English", AskedOn: "2026-11-20"}
			if err := s.RecordConsent(t.Context(), s.actors[access.Worker], record, e); err != nil {
				t.Fatal(err)
			}
		}
		records = append(records, record)
	}
	return records
}

// The study team begins at its figures: of those who agreed, with the base said, on the
// page and in both files; a number of few is in none of them.
func TestTheStudyTeamSeesFiguresOfThoseWhoAgreed(t *testing.T) {
	s := newSite(t)
	s.get(t, access.StudyTeam, "/study").has(t, "Nobody", "agreed to the study")
	records := s.agreeToStudy(t, 24, 14)
	if p := s.get(t, access.StudyTeam, "/"); p.Location != "/study" {
		t.Errorf("the study team begins at %s", p.Location)
	}
	p := s.get(t, access.StudyTeam, "/study")
	p.is(t, http.StatusOK)
	p.has(t, "of 24 on the register", "14 of 14")
	p.lacks(t, "Wordlings", "/overview/", records[0])
	csv := s.get(t, access.StudyTeam, "/study.csv")
	csv.has(t, "Agreed to the study,14,24,on the register", ": spoke,14,14,who agreed to the study")
	if x := s.get(t, access.StudyTeam, "/study.xlsx"); x.Status != http.StatusOK || !strings.HasPrefix(x.Body, "PK") {
		t.Errorf("xlsx: %d", x.Status)
	}
	for _, path := range []string{"/overview", "/caseload", "/records/" + records[0], "/shared"} {
		s.get(t, access.StudyTeam, path).is(t, http.StatusForbidden)
	}
	few := newSite(t)
	few.agreeToStudy(t, 14, 3)
	for _, path := range []string{"/study", "/study.csv"} {
		p := few.get(t, access.StudyTeam, path)
		p.has(t, "kept back")
		p.lacks(t, "3 of", ",3,")
	}
}
