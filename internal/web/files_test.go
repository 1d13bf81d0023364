package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/web/webtest"
)

// upload sends files as a form does.
func (s *site) upload(t testing.TB, role access.Role, fields map[string]string, files map[string]string) page {
	t.Helper()
	return s.uploadTo(t, role, "/files", fields, files)
}

func (s *site) uploadTo(t testing.TB, role access.Role, path string, fields map[string]string, files map[string]string) page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
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
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, &body)
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
	s.get(t, access.DataOfficer, "/files").has(t, "Read, and not taken in yet", "anything.txt and photo.png", "Kept until 10:30", `href="`+read.Location+`"`)
	taken := s.submit(t, access.DataOfficer, read.Location+"/take", nil)
	taken.has(t, "The files were taken in", "1 table was taken in", "photo.png")
	if reloaded := s.get(t, access.DataOfficer, taken.Location); reloaded.Body != taken.Body {
		t.Error("a reload of what was taken in shows another page")
	}
	back := s.get(t, access.DataOfficer, read.Location)
	back.is(t, http.StatusOK)
	back.has(t, "The files were taken in")
	back.lacks(t, "Take it all in")
	s.submit(t, access.DataOfficer, read.Location+"/take", nil).has(t, "1 table was taken in") // pressed once more
	s.submit(t, access.DataOfficer, read.Location+"/drop", nil).has(t, "The files were taken in")
	s.get(t, access.DataOfficer, "/files").lacks(t, "not taken in yet")
	s.get(t, access.DataOfficer, "/files").has(t, "1 file taken in", "anything.txt", "/files/read/1")
	s.get(t, access.DataOfficer, "/files/read/1").has(t, "SSDA903, missing", "2 read")
	s.get(t, access.DataOfficer, "/files/read/99").is(t, http.StatusNotFound)

	again := s.upload(t, access.DataOfficer, nil, map[string]string{"renamed.csv": missingCSV})
	same := s.get(t, access.DataOfficer, again.Location)
	same.has(t, "nothing would change")
	same.lacks(t, "Take it all in")
	s.submit(t, access.DataOfficer, again.Location+"/drop", nil).has(t, "The files were thrown away")
	s.get(t, access.DataOfficer, again.Location).has(t, "The files were thrown away", "renamed.csv")
	s.submit(t, access.DataOfficer, again.Location+"/take", nil).has(t, "The files were thrown away")
	s.now = s.now.Add(31 * time.Minute)
	ended := s.get(t, access.DataOfficer, again.Location)
	ended.is(t, http.StatusNotFound)
	ended.has(t, "do not wait here any more", "stands under Files")
}

// A file that holds a part of its return would take the rest away: that is said
// beside the button, by return.
func TestWhatAPartOfAReturnWouldTakeAwayIsSaid(t *testing.T) {
	s := newSite(t)
	rows := "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
	for n := range 20 {
		rows += fmt.Sprintf("%d,01/02/2010,M,%02d/05/2025,%02d/05/2025\n", 1001+n, n+1, n+2)
	}
	whole := s.upload(t, access.DataOfficer, nil, map[string]string{"whole.csv": rows})
	s.get(t, access.DataOfficer, whole.Location).lacks(t, "Much of what is there now")
	s.post(t, access.DataOfficer, whole.Location+"/take", nil).is(t, http.StatusSeeOther)
	lines := strings.SplitAfter(rows, "\n")
	part := s.upload(t, access.DataOfficer, nil, map[string]string{"part.csv": strings.Join(lines[:6], "")})
	s.get(t, access.DataOfficer, part.Location).has(t, "Much of what is there now is not in these files", "SSDA903, missing, year to 31 March 2026: 15 rows of the 20 that are there now")
	most := s.upload(t, access.DataOfficer, nil, map[string]string{"most.csv": strings.Join(lines[:20], "")})
	s.get(t, access.DataOfficer, most.Location).lacks(t, "Much of what is there now") // 1 of 20 is an amended return
}

// The year can be put right beside the report, and nobody chooses files again.
func TestTheYearIsPutRightBesideTheReport(t *testing.T) {
	s := newSite(t)
	read := s.upload(t, access.DataOfficer, map[string]string{"year-ending": "1 May"}, map[string]string{"a.csv": missingCSV})
	read.is(t, http.StatusSeeOther)
	waiting := s.get(t, access.DataOfficer, read.Location)
	waiting.is(t, http.StatusUnprocessableEntity)
	waiting.has(t, "Choose the year of the returns", `href="#year-ending"`, "Take it all in", "31 March 2026", "told from the days in the files")
	path, _, _ := strings.Cut(read.Location, "?")
	again := s.submit(t, access.DataOfficer, path+"/year", url.Values{"year-ending": {"2025-03-31"}})
	again.has(t, "to 31 March 2025", "named by whoever read the file", `<option value="2025-03-31" selected`)
	s.submit(t, access.DataOfficer, path+"/year", url.Values{"year-ending": {"2025-05-01"}}).has(t, "Choose the year of the returns")
	s.submit(t, access.DataOfficer, path+"/take", nil).has(t, "to 31 March 2025")

	// Two years at once are refused, and can be taken for one where somebody says so.
	both := s.upload(t, access.DataOfficer, nil, map[string]string{"1.csv": missingCSV, "2.csv": strings.ReplaceAll(missingCSV, "2025", "2024")})
	s.get(t, access.DataOfficer, both.Location).has(t, "None of these files can be taken in", "1.csv, 2.csv", "more than one year", `action="`+both.Location+`/year"`)
	s.submit(t, access.DataOfficer, both.Location+"/year", url.Values{"year-ending": {"2026-03-31"}}).has(t, "2 tables can be taken in")
	s.get(t, access.DataOfficer, "/files").has(t, "year to 31 March 2025")
}

// A list that is known and not used says so, and nothing else.
func TestAListThatIsNotUsedSaysSo(t *testing.T) {
	s := newSite(t)
	contacts := "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n1001,a) Male,a) WBRI,01/02/2010,16,01/05/2025,1A\n"
	read := s.upload(t, access.DataOfficer, nil, map[string]string{"list-1.csv": contacts})
	p := s.get(t, access.DataOfficer, read.Location)
	p.has(t, "Recognised and not used: 1 row was counted", "1 list was recognised and is not used", "Nothing here is used: nothing would change")
	p.lacks(t, "set aside", "left blank", "all of it is there already", "Take it all in", "problems.csv")
}

// A file of another authority is refused in words that fit the page.
func TestAFileOfAnotherAuthorityIsRefusedInPlainWords(t *testing.T) {
	s := newSite(t)
	census := `<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>301</LEA></Source></Header><Children><Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers></Child></Children></Message>`
	read := s.upload(t, access.DataOfficer, nil, map[string]string{"cin.xml": census})
	p := s.get(t, access.DataOfficer, read.Location)
	p.has(t, "authority 301", "authority 999")
	p.lacks(t, "--authority")
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	s := newSite(t)
	none := s.upload(t, access.DataOfficer, nil, nil)
	none = s.follow(t, none, s.cookies[access.DataOfficer])
	none.is(t, http.StatusUnprocessableEntity)
	none.has(t, "Choose at least one file", `href="#files"`)
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
	p := s.ask(t, http.MethodPost, read.Location+"/take", nil, other)
	s.follow(t, p, other).is(t, http.StatusNotFound)
	s.get(t, access.DataOfficer, read.Location).has(t, "Take it all in")
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
	t.Parallel()
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
