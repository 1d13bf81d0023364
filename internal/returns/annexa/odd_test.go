package annexa

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
	"stablefutures/internal/returns/tabular"
)

// leaver is a sound row of list 9, which needs no day.
func leaver(id string, cells map[string]string) []string {
	whole := map[string]string{"Child Unique": id, "Gender": "M", "Ethnicity": "a) WBRI", "Date of Birth": "01/02/2006", "Unaccompanied": "b) No", "Disability": "b) No", "Eligibility": "a) relevant child", "LA in Touch": "YES"}
	for name, text := range cells {
		whole[name] = text
	}
	return with(List9, whole)
}

func inCare(id string, cells map[string]string) []string {
	whole := map[string]string{"Child Unique": id, "Date Started": "01/05/2025", "Child's Legal Status": "C2"}
	for name, text := range cells {
		whole[name] = text
	}
	return with(List8, whole)
}

func readAs(out table.Table) (list []string) {
	for _, r := range out.ReadAs {
		list = append(list, r.Column+" "+r.Observed+"="+r.TakenAs)
	}
	return list
}

func TestOddRows(t *testing.T) {
	for _, row := range []struct {
		why    string
		kind   table.Kind
		cells  []string
		taken  int
		want   []string
		readAs []string
	}{
		{"a failed formula is no open period", List8, inCare("c1", map[string]string{"Date Ceased": "#REF!"}), 0, []string{"Date Ceased to be Looked After impossible-date (row)"}, nil},
		{"a formula without a result is no open period", List8, inCare("c1", map[string]string{"Date Ceased": cell.NoResult}), 0, []string{"Date Ceased to be Looked After impossible-date (row)"}, nil},
		{"a sign for blank is", List8, inCare("c1", map[string]string{"Date Ceased": "n/a"}), 1, nil, []string{"Date Ceased to be Looked After n/a=(blank)"}},
		{"a failed formula elsewhere", List8, inCare("c1", map[string]string{"Dental": "#N/A"}), 1, nil, []string{"Date of Last Dental Check #N/A=(blank)"}},
		{"a failed formula for a first day that may be blank", List6, with(List6, map[string]string{"Child Unique": "c1", "CIN Start": "#N/A", "Primary Need": "N1"}), 1, nil, []string{"CIN Start Date #N/A=(blank)"}},
		{"a failed formula for a first day", List8, inCare("c1", map[string]string{"Date Started": "#N/A"}), 0, []string{"Date Started to be Looked After impossible-date (row)"}, nil},
		{"a formula without a result for a child", List9, leaver(cell.NoResult, nil), 0, []string{"Child Unique ID unreadable-child-id (row)"}, nil},
		{"a line of totals", List9, with(List9, map[string]string{"Child Unique": "Total", "Gender": "8"}), 0, []string{"Child Unique ID totals-row (row)"}, nil},
		{"what a database says behind its rows", List9, with(List9, map[string]string{"Child Unique": "(8 rows affected)"}), 0, []string{"Child Unique ID totals-row (row)"}, nil},
		{"a rounded id", List9, leaver("1.23457E+11", nil), 0, []string{"Child Unique ID damaged-child-id (row)"}, nil},
		{"a worker alone", List9, with(List9, map[string]string{"Worker": "A Worker"}), 0, []string{"Child Unique ID missing-child-id (row)"}, nil},
		{"times of day and short years", List8, inCare("c1", map[string]string{"Date Started": "01/05/2025 14:35", "Dental": "01-May-25"}), 1, nil,
			[]string{"Date Started to be Looked After (days with a time of day)=(the day alone)", "Date of Last Dental Check 01-May-25=2025-05-01"}},
		{"a code in small letters", List9, leaver("c1", map[string]string{"Ethnicity": "wbri", "LA in Touch": "Yes"}), 1, nil, []string{"Ethnicity wbri=WBRI", "LA in Touch Yes=YES"}},
		{"free text round a code", List8, inCare("c1", map[string]string{"Placement Type": "U4 foster placement with Mrs Quiggle, ZQ9 7XY"}), 1, nil, []string{"Placement Type U4 foster placement with …=U4"}},
		{"a name beside an authority", List8, inCare("c1", map[string]string{"LA of Placement": "Quiggle - Kent"}), 1, nil, []string{"LA of Placement … - Kent=Kent"}},
		{"an id with a point", List9, leaver("1234.0", nil), 1, nil, []string{"Child Unique ID (ids that end in .0)=(the ids without it)"}},
	} {
		out := readRow(row.kind, "", row.cells)
		checkSums(t, out)
		if diff := cmp.Diff(row.want, problems(out)) + cmp.Diff(row.readAs, readAs(out)); diff != "" || out.RowsTaken != row.taken || out.RowsRead != 1 {
			t.Errorf("%s: read %d, taken %d, want %d (-want +got):\n%s", row.why, out.RowsRead, out.RowsTaken, row.taken, diff)
		}
	}
}

// Names and postcodes in any cell, in the name of a column or of a sheet, end
// nowhere.
func TestPlantedNamesAndPostcodes(t *testing.T) {
	for _, base := range [][]string{inCare("c1", nil), leaver("c1", nil)} {
		kind := List9
		if len(base) == len(header8) {
			kind = List8
		}
		header := headerOf(kind)
		for _, planted := range []string{"J.Quiggle", "Quiggle", "QUIGGLE", "Jane Quiggle", "U4 Quiggle", "(U4) Quiggle", "(Yes) Quiggle", "C2: Quiggle", "Quiggle [N8]", "a) Quiggle", "Yes (Quiggle)", "ZQ9 7XY", "zq97xy", "Kent - Quiggle"} {
			for at := range header {
				row := slices.Clone(base)
				row[at] = planted
				named := slices.Clone(header)
				named[at] += " " + planted
				for _, sheet := range []tabular.Sheet{{Header: header, Rows: [][]string{row}}, {Header: named, Rows: [][]string{base}}} {
					out := Read(sheet, kind, table.Options{Today: "2026-11-23"})
					text, err := json.Marshal(out)
					if err != nil {
						t.Fatal(err)
					}
					for _, word := range []string{"quiggle", "zq9", "7xy"} {
						if strings.Contains(strings.ToLower(string(text)), word) {
							t.Errorf("%s: %q in column %s came through: %s", kind, planted, header[at], text)
						}
					}
				}
			}
		}
	}
}

// Rows in another order are the same rows.
func TestKeysDoNotDependOnTheOrderOfRows(t *testing.T) {
	row := func(source string) []string {
		return with(List3, map[string]string{"Child Unique": "c1", "Date of referral": "01/05/2025", "Referral Source": source})
	}
	said := func(rows ...[]string) map[string]string {
		codes := map[string]string{}
		for _, r := range readRow(List3, "", rows...).Rows {
			codes[r.Key] = r.Facts[0].Code
		}
		return codes
	}
	want := map[string]string{"c1|2025-05-01": "1A", "c1|2025-05-01#2": "3A", "c1|2025-05-01#3": "6"}
	for _, rows := range [][][]string{{row("1A"), row("3A"), row("6")}, {row("6"), row("1A"), row("3A")}, {row("3A"), row("6"), row("3A"), row("1A")}} {
		if diff := cmp.Diff(want, said(rows...)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestMissingColumnsAreToldInOneLine(t *testing.T) {
	out := Read(tabular.Sheet{Header: []string{"Child Unique ID", "Date Started to be Looked After", "Child's Legal Status"}, HeaderRow: 1, Rows: [][]string{{"c1", "01/05/2025", "C2"}}}, List8, table.Options{Today: "2026-11-23"})
	if diff := cmp.Diff([]string{
		"Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N) missing-column", "Date Ceased to be Looked After missing-column", " missing-columns",
	}, problems(out)); diff != "" {
		t.Fatal(diff)
	}
	says := out.Problems[2].Message
	if !strings.Contains(says, "Needed: Gender, Ethnicity,") || !strings.Contains(says, "May be left out: Date of Birth,") || strings.Contains(says, "Worker") || strings.Contains(says, "postcode") {
		t.Error(says)
	}
}

func TestTheColumnsOfTheListsMayBeShown(t *testing.T) {
	for _, s := range specs {
		out := Read(tabular.Sheet{Header: headerOf(s.kind), HeaderRow: 1, Rows: [][]string{{"x"}}}, s.kind, table.Options{})
		for _, p := range out.Problems {
			if p.Code == "unknown-column" || strings.HasPrefix(p.Column, "(") {
				t.Errorf("list %s: %+v", s.number, p)
			}
		}
	}
}

// Whatever the cells, reading ends in rows that add up and in keys that differ.
func FuzzAnnexA(f *testing.F) {
	f.Add("List 8", strings.Join(header8, "\t"), strings.Join(inCare("c1", map[string]string{"Placement Type": "U4", "LA of Placement": "WAL - x"}), "\t")+"\nc1\t\t\nTotal\n")
	f.Add("", strings.Join(headerOf(List9), "\t"), strings.Join(leaver("c1", nil), "\t")+"\n"+strings.Join(leaver("c2", map[string]string{"Gender": "#N/A"}), "\t"))
	f.Add("Contacts", strings.Join(headerOf(List1), "\t"), "1\t1\tA1\t45000")
	f.Fuzz(func(t *testing.T, name, header, body string) {
		names := tabular.Names(strings.Split(header, "\t"))
		kind, ok := Recognise(name, names)
		if !ok {
			return
		}
		sheet := tabular.Sheet{Name: "List", Header: names, HeaderRow: 1}
		for line := range strings.SplitSeq(body, "\n") {
			sheet.Rows = append(sheet.Rows, strings.Split(line, "\t"))
		}
		checkSums(t, Read(sheet, kind, table.Options{Today: "2026-11-23"}))
	})
}
