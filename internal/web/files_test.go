package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// upload sends files as a form does.
func (s *site) upload(t testing.TB, role access.Role, fields map[string]string, files map[string]string) page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, text := range files {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/files", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.send(t, r, s.cookies[role])
}

const missingCSV = "CHILD,DOB,MISSING,MIS_START,MIS_END\n1001,01/02/2010,M,03/05/2025,05/05/2025\n1002,03/04/2011,M,31/02/2026,\n"

func TestFilesAreReadFirstAndTakenInOnAYes(t *testing.T) {
	s := newSite(t)
	s.get(t, access.DataOfficer, "/files").has(t, "Nothing was taken in yet", "Read the files")
	read := s.upload(t, access.DataOfficer, nil, map[string]string{"anything.txt": missingCSV, "photo.png": "\x89PNG\r\n"})
	read.is(t, http.StatusSeeOther)
	waiting := s.get(t, access.DataOfficer, read.Location)
	waiting.has(t, "Nothing has been changed yet", "SSDA903, missing", "2 read", "photo.png", "1 file was not taken", "row 3", "Take it all in", "Throw away")
	s.get(t, access.DataOfficer, "/files").has(t, "Nothing was taken in yet")
	s.get(t, access.DataOfficer, read.Location+"/problems.csv").has(t, "anything.txt", "MIS_START")
	s.post(t, access.DataOfficer, read.Location+"/take", nil).has(t, "The files were taken in")
	s.get(t, access.DataOfficer, read.Location).is(t, http.StatusNotFound)
	s.get(t, access.DataOfficer, "/files").has(t, "1 file taken in", "anything.txt", "/files/read/1")
	s.get(t, access.DataOfficer, "/files/read/1").has(t, "SSDA903, missing", "2 read")
	s.get(t, access.DataOfficer, "/files/read/99").is(t, http.StatusNotFound)

	again := s.upload(t, access.DataOfficer, nil, map[string]string{"renamed.csv": missingCSV})
	same := s.get(t, access.DataOfficer, again.Location)
	same.has(t, "nothing would change")
	same.lacks(t, "Take it all in")
	s.post(t, access.DataOfficer, again.Location+"/drop", nil).is(t, http.StatusSeeOther)
	s.get(t, access.DataOfficer, again.Location).is(t, http.StatusNotFound)
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	s := newSite(t)
	none := s.upload(t, access.DataOfficer, nil, nil)
	none.is(t, http.StatusUnprocessableEntity)
	none.has(t, "Choose at least one file", `href="#files"`)
	year := s.upload(t, access.DataOfficer, map[string]string{"year-ending-day": "1", "year-ending-month": "5", "year-ending-year": "2026"}, map[string]string{"a.csv": missingCSV})
	year.is(t, http.StatusUnprocessableEntity)
	year.has(t, "ends on 31 March", `value="2026"`)
	encrypted := s.upload(t, access.DataOfficer, nil, map[string]string{"secret.xlsx": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "empty.csv": ""})
	p := s.get(t, access.DataOfficer, encrypted.Location)
	p.has(t, "secret.xlsx", "empty.csv", "None of these files can be taken in")
	p.lacks(t, "Take it all in")
}

func TestFilesAreForTheDataOfficerAndWaitForTheirReader(t *testing.T) {
	s := newSite(t)
	for _, role := range []access.Role{access.Worker, access.Manager, access.Administrator} {
		s.get(t, role, "/files").is(t, http.StatusForbidden)
		s.upload(t, role, nil, map[string]string{"a.csv": missingCSV}).is(t, http.StatusForbidden)
	}
	read := s.upload(t, access.DataOfficer, nil, map[string]string{"a.csv": missingCSV})
	_, other := s.another(t, "other-officer", access.DataOfficer)
	s.ask(t, http.MethodGet, read.Location, nil, other).is(t, http.StatusNotFound)
	s.ask(t, http.MethodPost, read.Location+"/take", nil, other).is(t, http.StatusNotFound)
}

func TestTemplatesCanBeDownloaded(t *testing.T) {
	s := newSite(t)
	s.get(t, access.DataOfficer, "/files/templates/register.csv").has(t, "Child ID")
	s.get(t, access.DataOfficer, "/files/templates/readings.csv").has(t, "Indicator")
	if p := s.get(t, access.DataOfficer, "/files/templates/readings.xlsx"); !strings.HasPrefix(p.Body, "PK") {
		t.Error("the workbook is none")
	}
	s.get(t, access.DataOfficer, "/files/templates/children.csv").is(t, http.StatusNotFound)
	s.get(t, access.DataOfficer, "/files/templates/register.exe").is(t, http.StatusNotFound)
}

func TestFilePagesInABrowser(t *testing.T) {
	s := newSite(t)
	browser := webtest.Start(t)
	look := func(n int, path string) {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			browser.Check(t, webtest.Visit{URL: s.URL + path, Cookies: []*http.Cookie{s.cookies[access.DataOfficer]}})
		})
	}
	look(0, "/files")
	read := s.upload(t, access.DataOfficer, nil, map[string]string{"a.csv": missingCSV, "photo.png": "\x89PNG\r\n"})
	look(1, read.Location)
	s.post(t, access.DataOfficer, read.Location+"/take", nil)
	look(2, "/files")
	look(3, "/files/read/1")
}
