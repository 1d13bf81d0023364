package ssda903

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
)

const (
	episodesHeader = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
	missingHeader  = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
	reviewsHeader  = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
)

// Blank in an end means that it still goes on, so that what is not blank there is
// never taken for it: an error of a spreadsheet, a formula that was not worked out.
func TestErrorsAndSignsForBlank(t *testing.T) {
	for _, row := range []struct {
		why, text string
		taken     int
		want      []string
		readAs    string
	}{
		{"#REF! for an end", missingHeader + "c1,01/01/2010,M,01/04/2025,#REF!\n", 0, []string{"MIS_END impossible-date (row)"}, ""},
		{"a formula without a result for an end", missingHeader + "c1,01/01/2010,M,01/04/2025," + cell.NoResult + "\n", 0, []string{"MIS_END impossible-date (row)"}, ""},
		{"#N/A for a birthday", missingHeader + "c1,#N/A,M,01/04/2025,02/04/2025\n", 1, nil, "DOB #N/A=(blank)"},
		{"n/a for an end", missingHeader + "c1,01/01/2010,M,01/04/2025,n/a\n", 1, nil, "MIS_END n/a=(blank)"},
		{"a hyphen for an end", missingHeader + "c1,01/01/2010,M,01/04/2025,-\n", 1, nil, "MIS_END -=(blank)"},
		{"NULL for a code", episodesHeader + "c1,01/04/2025,P,C2,NULL,U4,PR1,,,,,,\n", 1, nil, "CIN NULL=(blank)"},
		{"#N/A for the first day", missingHeader + "c1,01/01/2010,M,#N/A,\n", 0, []string{"MIS_START impossible-date (row)"}, ""},
		{"a formula without a result for a child", missingHeader + cell.NoResult + ",,M,01/04/2025,\n", 0, []string{"CHILD unreadable-child-id (row)"}, ""},
		{"a row that has only what is not read", "CHILD,DOB,REVIEW,REVIEW_CODE,Kontakt\n,,,,A Worker\n", 0, []string{"(column 5, E) unknown-column", "CHILD missing-child-id (row)"}, ""},
		{"a line of totals", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\nTotal,12,,,,\n", 0, []string{"CHILD totals-row (row)"}, ""},
		{"a rounded id", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\n1.23457E+11,1,,,,\n", 0, []string{"CHILD damaged-child-id (row)"}, ""},
		{"an id with a point", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\n1234.0,M,,,,\n", 1, nil, "CHILD (ids that end in .0)=(the ids without it)"},
		{"a UPN in small letters", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\nc1,M,,,d051910639385,\n", 1, nil, "UPN (in small letters)=(the same in capitals)"},
		{"a birthday as a number", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER\nc1,M,40264,,,\n", 1, nil, "DOB (numbers, or years of two figures)=(the days that they stand for)"},
	} {
		out := readText(t, row.text)
		readAs := ""
		for _, r := range out.ReadAs {
			readAs += r.Column + " " + r.Observed + "=" + r.TakenAs
		}
		if diff := cmp.Diff(row.want, problems(out)); diff != "" || out.RowsTaken != row.taken || readAs != row.readAs {
			t.Errorf("%s: taken %d, told %q, want %d, %q (-want +got):\n%s", row.why, out.RowsTaken, readAs, row.taken, row.readAs, diff)
		}
	}
}

// Names and postcodes in any column end nowhere.
func TestPlantedNamesAndPostcodes(t *testing.T) {
	for _, header := range []string{episodesHeader, missingHeader, reviewsHeader, "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n", "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n"} {
		columns := strings.Split(strings.TrimSpace(header), ",")
		for _, planted := range []string{"J.Quiggle", "Quiggle", "QUIGGLE", "Jane Quiggle", "ZQ9 7XY", "zq97xy", "07700900123"} {
			for at := range columns {
				if columns[at] == "CHILD" && planted == "07700900123" {
					continue // figures alone may be an id
				}
				cells := make([]string, len(columns))
				for i, name := range columns {
					switch name {
					case "CHILD":
						cells[i] = "c1"
					case "DECOM", "MIS_START", "REVIEW", "SW_DECOM":
						cells[i] = "01/04/2025"
					case "MISSING":
						cells[i] = "M"
					}
				}
				cells[at] = planted
				out := readText(t, header+strings.Join(cells, ",")+"\n")
				text, err := json.Marshal(out)
				if err != nil {
					t.Fatal(err)
				}
				for _, word := range []string{"quiggle", "zq9", "7xy", "0770"} {
					if strings.Contains(strings.ToLower(string(text)), word) {
						t.Errorf("%s in column %s came through: %s", planted, columns[at], text)
					}
				}
				if out.RowsRead != 1 {
					t.Errorf("%s in column %s: %d rows read", planted, columns[at], out.RowsRead)
				}
			}
		}
	}
}

// Rows in another order are the same rows: their keys go by what they say.
func TestKeysOfRowsWithOneKeyDoNotDependOnTheirOrder(t *testing.T) {
	const a, b, c = "c1,,01/04/2025,PN1\n", "c1,,01/04/2025,PN2\n", "c1,,01/04/2025,PN3\n"
	said := func(text string) map[string]string {
		codes := map[string]string{}
		for _, row := range readText(t, reviewsHeader+text).Rows {
			codes[row.Key] = row.Facts[0].Code
		}
		return codes
	}
	want := map[string]string{"c1|2025-04-01": "PN1", "c1|2025-04-01#2": "PN2", "c1|2025-04-01#3": "PN3"}
	for _, text := range []string{a + b + c, c + b + a, b + c + a, b + a + c + a} {
		if diff := cmp.Diff(want, said(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	out := readText(t, reviewsHeader+a+b+b)
	if last := out.Problems[len(out.Problems)-1]; !strings.Contains(last.Message, "row 3") || last.Row != 4 {
		t.Errorf("row 4 is row 3 again, told: %+v", last)
	}
}

func TestReferencesThatAreKept(t *testing.T) {
	for urn, want := range map[string]string{"SC012345": "SC012345", "8969628": "8969628", "123456": "123456", "XXXXXXX": "XXXXXXX", "Quiggle": "", "SC 12": "", "123456789": ""} {
		out := readText(t, episodesHeader+"c1,01/04/2025,P,C2,N1,U4,PR1,,,,,,"+urn+"\n")
		if got := detail(out.Rows[0], "URN"); got != want {
			t.Errorf("URN %q is kept as %q, want %q", urn, got, want)
		}
	}
	for place, want := range map[string]string{"302": "302", "E10000016": "Kent", "Kent County Council": "Kent", "Jane Quiggle": "", "SCO": "SCO"} {
		out := readText(t, "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nc1,,P1,"+place+",\n")
		if got := detail(out.Rows[0], "LA_PERM"); got != want {
			t.Errorf("LA_PERM %q is kept as %q, want %q", place, got, want)
		}
	}
}

func detail(row care.Row, name string) string {
	for _, d := range row.Facts[0].Details {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

func TestMissingColumnsAreToldInOneLine(t *testing.T) {
	out := readText(t, "CHILD,DECOM,LS\nc1,01/04/2025,C2\n")
	if diff := cmp.Diff([]string{"DEC missing-column", " missing-columns"}, problems(out)); diff != "" {
		t.Fatal(diff)
	}
	says := out.Problems[1].Message
	if !strings.Contains(says, "Needed: RNE, CIN, PLACE.") || !strings.Contains(says, "May be left out: PLACE_PROVIDER, REC, REASON_PLACE_CHANGE, HOME_POST, PL_POST, URN.") {
		t.Error(says)
	}
}

// A file that is wrong throughout still gives a report that can be read.
func TestAFloodOfProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString(episodesHeader)
	const rows = 3000
	for range rows {
		b.WriteString("c1,31/02/2025,P,C2,N1,U4,PR1,,,,,,\n")
	}
	out := readText(t, b.String())
	if out.RowsSetAside != rows || len(out.Problems) != table.MostOfAReason+1 {
		t.Errorf("%d set aside, %d problems", out.RowsSetAside, len(out.Problems))
	}
}

// The year is told from what began: a period that goes on into May is of the year
// that ended in March.
func TestAnEndDoesNotMoveTheYear(t *testing.T) {
	out := readText(t, missingHeader+"c1,01/01/2010,M,01/03/2026,03/05/2026\n")
	if year := out.Years.Ending(); year != "2026-03-31" {
		t.Errorf("the year is %s", year)
	}
}
