package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// sentBack is the workbook of a language with one text changed.
func (s *site) sentBack(t *testing.T, tag, key, words string) string {
	t.Helper()
	p := s.get(t, access.ParticipationLead, "/languages/"+tag+"/words.xlsx")
	p.is(t, http.StatusOK)
	f, err := excelize.OpenReader(strings.NewReader(p.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Pages")
	if err != nil {
		t.Fatal(err)
	}
	for n, row := range rows {
		if row[0] == key {
			if err := f.SetCellStr("Pages", "G"+strconv.Itoa(n+1), words); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A translator's file is shown first and taken on a yes; young people then read that a
// translator has looked at the words.
func TestATranslationIsShownFirstAndTakenOnAYes(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Yusuf Placeholder")
	young := s.come(t, record, "ar")
	arabic, _ := locale.Of("ar")
	s.ask(t, http.MethodGet, "/me", nil, young).has(t, arabic.Say("state.machine"))
	s.get(t, access.ParticipationLead, "/languages").has(t, `href="/languages/ar">Arabic</a>`, "العربية", "Made by machine")
	s.get(t, access.ParticipationLead, "/languages/ar").has(t, "Download the words", `lang="ar" dir="rtl"`, arabic.Say("leave"), "I am not safe", `href="/languages/ar/page/leave"`)
	s.get(t, access.ParticipationLead, "/languages/ar?find=NOT+SAFE").lacks(t, `href="/languages/ar/page/leave"`)
	s.get(t, access.ParticipationLead, "/languages/en").is(t, http.StatusNotFound)
	s.get(t, access.ParticipationLead, "/languages/xx/words.xlsx").is(t, http.StatusNotFound)

	wrong := s.uploadTo(t, access.ParticipationLead, "/languages/ar", nil, map[string]string{"a.xlsx": "no workbook"})
	s.get(t, access.ParticipationLead, wrong.Location).has(t, `href="#files"`)
	none := s.uploadTo(t, access.ParticipationLead, "/languages/ar", nil, nil)
	s.get(t, access.ParticipationLead, none.Location).has(t, "Choose at least one file")
	file := s.sentBack(t, "ar", "page/closed", "انتهى")
	other := s.uploadTo(t, access.ParticipationLead, "/languages/ti", nil, map[string]string{"a.xlsx": file})
	s.get(t, access.ParticipationLead, other.Location).has(t, "The file is of Arabic")

	sent := s.uploadTo(t, access.ParticipationLead, "/languages/ar", map[string]string{"state": "reviewed"}, map[string]string{"a.xlsx": file})
	sent.is(t, http.StatusSeeOther)
	s.get(t, access.ParticipationLead, sent.Location).has(t, "Nothing has been changed yet", "1 text", "Take what is sound", "Every row can be taken", "New words", arabic.Say("closed"), "انتهى")
	s.get(t, access.DataOfficer, sent.Location).has(t, "does not wait here")
	s.ask(t, http.MethodGet, "/me", nil, young).has(t, arabic.Say("state.machine"))
	s.submit(t, access.ParticipationLead, sent.Location+"/take", nil).has(t, "The words were taken", "انتهى")
	s.get(t, access.ParticipationLead, sent.Location).is(t, http.StatusNotFound)
	home := s.ask(t, http.MethodGet, "/me", nil, young)
	home.has(t, arabic.Say("state.reviewed"))
	home.lacks(t, arabic.Say("state.machine"))
	s.ask(t, http.MethodGet, "/me", nil, s.come(t, record, "ti")).lacks(t, "state.")

	dropped := s.uploadTo(t, access.ParticipationLead, "/languages/ar", map[string]string{"state": "tried"}, map[string]string{"a.xlsx": file})
	s.submit(t, access.ParticipationLead, dropped.Location+"/drop", nil).has(t, "was thrown away")
	s.ask(t, http.MethodGet, "/me", nil, young).has(t, arabic.Say("state.reviewed"))
}

// One text and its state are changed by hand; what it was is told.
func TestATextIsChangedOnItsPage(t *testing.T) {
	s := newSite(t)
	const path = "/languages/cy/page/who.people"
	p := s.get(t, access.DataOfficer, path)
	p.has(t, "{n} people can see it", `name="words-few"`, `lang="cy"`, "It is as it came with the program")
	cy, _ := locale.Of("cy")
	text, _ := cy.Text("who.people")
	form := url.Values{"state": {"reviewed"}}
	for plural, words := range text.Forms {
		form.Set(service.WordsField(plural), words)
	}
	form.Set("words-two", "Gall dau berson ei weld.")
	s.submit(t, access.DataOfficer, path, form).has(t, "The text was kept")
	s.get(t, access.DataOfficer, path).has(t, "Gall dau berson ei weld.", "Name of data-officer", "Reviewed by a translator")
	form.Set("words-other", "")
	s.submit(t, access.DataOfficer, path, form).has(t, "There is no translation", `href="#words-other"`)
	form = url.Values{"state": {"tried"}, "words": {"Cartref newydd"}}
	s.submit(t, access.DataOfficer, "/languages/cy/edition/working-2026/outcome.home", form).has(t, "Keep it as reviewed first")
	s.get(t, access.DataOfficer, "/languages/cy/page/nothing").is(t, http.StatusNotFound)
	s.get(t, access.DataOfficer, "/languages/cy/edition/other/outcome.home").is(t, http.StatusNotFound)
}

func TestLanguagePagesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	browser := webtest.Start(t)
	sent := s.uploadTo(t, access.ParticipationLead, "/languages/ar", map[string]string{"state": "tried"}, map[string]string{"a.xlsx": s.sentBack(t, "ar", "page/closed", "Closed page now")})
	for name, path := range map[string]string{"languages": "/languages", "language": "/languages/ar", "text": "/languages/ar/page/who.people", "sent": sent.Location} {
		t.Run(name, func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{s.cookies[access.ParticipationLead]}})
		})
	}
}
