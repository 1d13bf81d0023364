package shown_test

import (
	"strings"
	"testing"

	"stablefutures/internal/returns/shown"
)

// planted are names and postcodes as they slip into files.
var planted = []string{
	"Quigley", "J.Quiggle", "QUIGLEY", "Jane Quigglethorpe", "Mrs Quigley", "O’Quigley", "quigley, jane", "ZQ9 7XY", "ZQ97XY", "zq9 7xy", "Flat 2, ZQ9 7XY",
	"ZQ9-7XY", "12 Quigley Road", "Quigley caseload ZQ9 7XY", "07700900123", "JANE", "Zoë Quigley", "quigley@fernshire.example", "E1 6AN",
}

func TestNamesAndPostcodesAreNotShown(t *testing.T) {
	for _, text := range planted {
		for how, says := range map[string]string{
			"cell": shown.Cell(text), "read as": shown.ReadAs(text), "column": shown.Column(text, 6), "sheet": shown.Sheet(text, 2), "element": shown.Element(text),
			"read as, round a code": shown.ReadAs("U4 foster placement with " + text),
		} {
			for _, part := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return strings.ContainsRune(" .,@-'’", c) }) {
				switch part {
				case "o", "j", "flat", "2", "12", "caseload", "road", "example", "e1":
				default:
					if strings.Contains(strings.ToLower(says), part) {
						t.Errorf("%q as %s says %q", text, how, says)
					}
				}
			}
		}
	}
}

func TestWhatDoesNoHarmIsShown(t *testing.T) {
	for _, cell := range []string{"Q9", "31/02/2025", "2025-02-31", "31-Feb-2025", "01/02/2025 14:35", "#N/A", "#DIV/0!", "6", "45748.5", "PN9", "18A", "never", "Not known", ""} {
		if says := shown.Cell(cell); says == "What stands there" {
			t.Errorf("%q is not shown", cell)
		}
	}
	for observed, want := range map[string]string{
		"d) U4: Foster placement - long term":  "d) U4: Foster placement - long term",
		"U4 foster placement with Mrs Quigley": "U4 foster placement with …",
		"Quigley U4":                           "… U4",
		"U4 (ZQ9 7XY) long term":               "U4 (…) long term",
		"C2 since 01/02/2010":                  "C2 since …",
		"Child’s need":                         "Child’s need",
	} {
		if got := shown.ReadAs(observed); got != want {
			t.Errorf("%q is shown as %q, want %q", observed, got, want)
		}
	}
	for i, name := range []string{"Team", "MIS_START", "Date of Birth", "PlacementType", "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"} {
		if got := shown.Column(name, i); got != name && !strings.HasPrefix(got, name) {
			t.Errorf("the column %q is shown as %q", name, got)
		}
	}
	if got := shown.Column("Quigley", 27); got != "(column 28, AB)" {
		t.Errorf("a column of another name is shown as %q", got)
	}
	for _, name := range []string{"List 8", "List_8", "List 8 (old)", "Sheet1", "Children in Care", "How to fill this in", "Tab 1", "Register"} {
		if got := shown.Sheet(name, 0); got != name {
			t.Errorf("the sheet %q is shown as %q", name, got)
		}
	}
	if got := shown.Sheet("Quigley caseload ZQ9 7XY", 2); got != "(sheet 3)" {
		t.Errorf("a sheet of another name is shown as %q", got)
	}
}

func FuzzReadAs(f *testing.F) {
	f.Add("U4 foster placement with Mrs Quigley, ZQ9 7XY")
	f.Fuzz(func(t *testing.T, text string) {
		if says := shown.ReadAs(text); shown.Postcode(says) || len([]rune(says)) > 130 {
			t.Errorf("%q is shown as %q", text, says)
		}
	})
}
