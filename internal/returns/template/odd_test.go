package template

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/returns/cell"
)

const registerHeader = "Child ID,Name,Date of birth,Sex,Ethnicity,UPN,State,Referred on,Towns of exploitation,Note,Closed on\n"

func told(t *testing.T, text string) (taken int, problems_, readAs []string) {
	t.Helper()
	out := readCSV(t, text)
	for _, r := range out.ReadAs {
		readAs = append(readAs, r.Column+" "+r.Observed+"="+r.TakenAs)
	}
	return out.RowsTaken, problems(out), readAs
}

func TestOddCellsOfTheRegister(t *testing.T) {
	for _, row := range []struct {
		why, row string
		taken    int
		want     []string
		readAs   []string
	}{
		{"one bad day is one line", "c1,,,,,,referred,31/02/2026", 0, []string{"Referred on unknown-value (row)"}, nil},
		{"a failed formula is no open referral", "c1,,,,,,referred,01/01/2026,,,#REF!,", 0, []string{"Closed on unknown-value (row)"}, nil},
		{"a formula without a result for an id", cell.NoResult + ",,,,,,referred,01/01/2026", 0, []string{"Child ID unreadable-child-id (row)"}, nil},
		{"a formula without a result for a town", "c1,,,,,,referred,01/01/2026," + cell.NoResult + ",,,", 0, []string{"Towns of exploitation unreadable-cell (row)"}, nil},
		{"a failed formula for a town", "c1,,,,,,referred,01/01/2026,#N/A,,,", 1, nil, []string{"Towns of exploitation #N/A=(blank)"}},
		{"signs for blank", "c1,n/a,-,NULL,,,referred,01/01/2026,n/a,,-,", 1, nil, []string{"Name n/a=(blank)", "Date of birth -=(blank)", "Sex NULL=(blank)", "Closed on -=(blank)", "Towns of exploitation n/a=(blank)"}},
		{"days in other forms", "c1,,15-Jan-10,,,,referred,01/02/2026 14:35", 1, nil, []string{"Date of birth (numbers, or years of two figures)=(the days that they stand for)", "Referred on (days with a time of day)=(the day alone)"}},
		{"a line of totals", "Total,,,,,,,", 0, []string{"Child ID totals-row (row)"}, nil},
		{"a row of nothing that is read", ",,,,,,,,,,,,A Worker", 0, []string{"Child ID missing-child-id (row)"}, nil},
	} {
		taken, got, readAs := told(t, registerHeader+row.row+"\n")
		if diff := cmp.Diff(row.want, got) + cmp.Diff(row.readAs, readAs); diff != "" || taken != row.taken {
			t.Errorf("%s: taken %d, want %d (-want +got):\n%s", row.why, taken, row.taken, diff)
		}
	}
}

func TestOddCellsOfReadings(t *testing.T) {
	for _, row := range []struct {
		why, row string
		taken    int
		want     []string
	}{
		{"a formula without a result for the words", "1,a,01/02/2026,en,,safe-home.1,Young person,4,,," + cell.NoResult, 0, []string{"Words unreadable-cell (row)"}},
		{"a sign for an answer is no answer", "1,a,01/02/2026,en,,safe-home.1,Young person,n/a,,,", 0, []string{"Answer missing-answer (row)"}},
		{"a day in words, with a time", "1,a,1 February 2026 10:15,en,,safe-home.1,Young person,4,,,", 1, nil},
		{"no language at all", "1,a,01/02/2026,07700 900123,,safe-home.1,Young person,4,,,", 1, []string{"Language long-text"}},
		{"an address for a conversation", "1,ZQ9 7XY,01/02/2026,en,,safe-home.1,Young person,4,,,", 0, []string{"Conversation long-text (row)"}},
	} {
		taken, got, _ := told(t, readingsHeader+row.row+"\n")
		if diff := cmp.Diff(row.want, got); diff != "" || taken != row.taken {
			t.Errorf("%s: taken %d, want %d (-want +got):\n%s", row.why, taken, row.taken, diff)
		}
	}
}

// Names and postcodes in a wrong column stand in no problem and in no value that is
// told; the columns for a name and for words keep what they are for.
func TestPlantedNamesAndPostcodes(t *testing.T) {
	for _, header := range []string{registerHeader, readingsHeader} {
		columns := strings.Split(strings.TrimSpace(header), ",")
		for _, planted := range []string{"J.Quiggle", "Quiggle", "QUIGGLE", "Jane Quiggle", "Jane Quiggle is not here", "ZQ9 7XY", "zq97xy"} {
			for at := range columns {
				cells := make([]string, len(columns))
				for i, name := range columns {
					cells[i] = map[string]string{"Child ID": "c1", "State": "referred", "Referred on": "01/01/2026", "Said on": "01/02/2026", "Indicator": "safe-home.1", "Voice": "Young person", "Answer": "4"}[name]
				}
				cells[at] = planted
				out := readCSV(t, header+strings.Join(cells, ",")+"\n")
				text, err := json.Marshal([]any{out.Problems, out.ReadAs})
				if err != nil {
					t.Fatal(err)
				}
				for _, word := range []string{"quiggle", "zq9", "7xy", "jane"} {
					if strings.Contains(strings.ToLower(string(text)), word) {
						t.Errorf("%s in column %s came through: %s", planted, columns[at], text)
					}
				}
			}
		}
	}
}

// A column that somebody deleted would empty what the register holds.
func TestMissingColumnsAreTold(t *testing.T) {
	out := readCSV(t, "Child ID,State,Referred on,Quiggle\nc1,referred,01/01/2026,x\n")
	var got []string
	for _, p := range out.Problems {
		got = append(got, p.Column+" "+p.Code)
	}
	if diff := cmp.Diff([]string{"(column 4, D) unknown-column", " missing-columns"}, got); diff != "" || !strings.Contains(out.Problems[1].Message, "Conclusive grounds on") {
		t.Errorf("%s %+v", diff, out.Problems)
	}
}
