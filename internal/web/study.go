package web

import (
	"net/http"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/publish/sheet"
	"stablefutures/internal/service"
	"stablefutures/internal/web/ui"
)

// studyView is how those are who agreed to the study.
type studyView struct {
	Facts   ui.Facts
	Spread  spreadTable
	Silence string // instead of the table
	Limits  []string
	Signs   []disclosure.Symbol
	Files   []ui.Link
}

func (s *Server) showStudy(r *http.Request, v *visit) (answer, error) {
	st, err := s.service.Study(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	view := studyView{Silence: st.Silence, Limits: studyLimits(st), Signs: signs(true, service.AnswerPage{}),
		Facts: ui.Facts{Items: []ui.Fact{{Number: st.AgreedToStudy().String(), Text: "agreed to the study", Base: "of " + st.Register.String() + " on the register"}}},
		Files: []ui.Link{{Text: "xlsx", Href: "/study.xlsx"}, {Text: "CSV", Href: "/study.csv"}}}
	if st.Silence == "" {
		if view.Spread, err = s.outcomesSpread(st.Overview, ""); err != nil {
			return nil, err
		}
		withoutLinks(&view.Spread)
	}
	page := ui.Page{Title: "The study", Heading: "How those who agreed to the study are doing", Nav: at("/study"), Edition: editionNotice(st.Edition),
		Lead: "The register as of today, " + st.Today.Long() + ". Nobody is counted who did not agree. Small numbers are kept back, always."}
	return s.page(v, page, "study", view), nil
}

// withoutLinks takes the links to the overview out of a table: it is not of these.
func withoutLinks(table *spreadTable) {
	for _, group := range table.Groups {
		for n := range group.Rows {
			group.Rows[n].Href = ""
		}
	}
}

func studyLimits(st service.Study) []string { return append(st.Limits(), st.Rule) }

// downloadStudy writes the same figures to a file.
func (s *Server) downloadStudy(r *http.Request, v *visit) (answer, error) {
	st, err := s.service.Study(r.Context(), v.actor)
	if err != nil {
		return nil, err
	}
	return sendBook(r, "study", studyBook(st)), nil
}

func studyBook(st service.Study) sheet.Book {
	f := &figureRows{}
	f.add("Study", "register", "Agreed to the study", st.AgreedToStudy(), st.Register, "on the register")
	if st.Silence == "" {
		for _, out := range st.Edition.Outcomes() {
			outcomeRows(st.Overview, out, f)
		}
	}
	for n := range f.rows {
		if f.rows[n][5] == "on the register" && n > 0 {
			f.rows[n][5] = "who agreed to the study"
		}
	}
	notes := []string{st.Authority.Name + ": those on the register on " + st.Today.Long() + " who agreed to the study."}
	if st.Authority.Fictional {
		notes = append(notes, "Everything here is fictional: the council, the young people and what they say.")
	}
	notes = append(notes, st.Rule, signsLine(), editionNotice(st.Edition))
	if st.Silence != "" {
		notes = append(notes, st.Silence)
	}
	return sheet.Book{Notes: append(notes, st.Limits()...), Tables: []sheet.Table{{Name: "Figures",
		Head: []string{"part", "item", "what", "number", "base", "of", "per cent", "95 % interval from", "95 % interval to"}, Rows: f.rows}}}
}
