package ssda903

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
)

func readXMLText(t testing.TB, text string) map[table.Kind]table.Table {
	t.Helper()
	tables, err := ReadXML("test.xml", []byte(text), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	byKind := map[table.Kind]table.Table{}
	for _, out := range tables {
		checkSums(t, out)
		byKind[out.Kind] = out
	}
	return byKind
}

const oneChild = `<?xml version='1.0' encoding='us-ascii'?><EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><UPN>UN2</UPN><SEX>1</SEX><DOB>15/01/2010</DOB><ETHNIC>BAFR</ETHNIC>
<UASC>1</UASC><DUC>15/01/2028</DUC><IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>D1</ACCOM>
<AMISSING><MISSING>M</MISSING><MIS_START>01/05/2025</MIS_START></AMISSING>
<AMISSING><MISSING>A</MISSING><MIS_START>01/06/2025</MIS_START><MIS_END>02/06/2025</MIS_END></AMISSING>
<AREVIEW><REVIEW>01/07/2025</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW><MOTHER/><MC_DOB>01/01/2026</MC_DOB>
<PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE><OC2><SDQ_SCORE>21</SDQ_SCORE><CONVICTED>0</CONVICTED></OC2></HEADER>
<EPISODE><DECOM>01/04/2025</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N8</CIN><PL>U1</PL><PL_POST>ZZ1 1ZZ</PL_POST><HOME_POST>ZZ9 1ZZ</HOME_POST><DEC/></EPISODE></CHILD></EXPSSDA903>`

func TestOneChildOfTheXMLGoesToAllItsTables(t *testing.T) {
	got := readXMLText(t, oneChild)
	for kind, want := range map[table.Kind]int{
		Header: 1, Episodes: 1, Uasc: 1, Missing: 2, Reviews: 1, OC2: 1, OC3: 1, PreviousPermanence: 1, AD1: 0, PlacedAdoption: 0,
	} {
		if got[kind].RowsTaken != want {
			t.Errorf("%s: %d rows, want %d (%v)", kind, got[kind].RowsTaken, want, problems(got[kind]))
		}
	}
	if diff := cmp.Diff([]care.Fact{{Kind: care.Uasc, Ended: "2028-01-15"}}, got[Uasc].Rows[0].Facts); diff != "" {
		t.Error(diff)
	}
	episode := got[Episodes].Rows[0]
	want := []care.Detail{{Name: "RNE", Value: "S"}, {Name: "CIN", Value: "N8"}, {Name: "PLACE", Value: "U1"}, {Name: DistanceBand, Value: "same postcode area"}}
	if diff := cmp.Diff(want, episode.Facts[0].Details); diff != "" || episode.Number != 1 || episode.Sheet != "EXPSSDA903/CHILD/EPISODE" {
		t.Errorf("number %d, sheet %s %s", episode.Number, episode.Sheet, diff)
	}
	if who := got[Missing].Rows[0].Identity; who == nil || who.BirthDate != "2010-01-15" {
		t.Errorf("the header's date of birth belongs to each row, got %+v", who)
	}
}

func TestMarksOfUnaccompaniedChildren(t *testing.T) {
	for _, row := range []struct {
		why, fields string
		want        int
	}{
		{"flag and day", "<UASC>1</UASC><DUC>01/01/2028</DUC>", 1},
		{"flag alone", "<UASC>1</UASC>", 1},
		{"day alone", "<UASC/><DUC>01/01/2028</DUC>", 1},
		{"neither", "<UASC>0</UASC><DUC/>", 0},
	} {
		got := readXMLText(t, "<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID>"+row.fields+"</HEADER></CHILD></EXPSSDA903>")
		if got[Uasc].RowsTaken != row.want {
			t.Errorf("%s: %d, want %d", row.why, got[Uasc].RowsTaken, row.want)
		}
	}
}

func TestHostileXML(t *testing.T) {
	for _, row := range []struct{ why, text, want string }{
		{"another return", "<Message/>", "Message"},
		{"no children", "<EXPSSDA903/>", "no CHILD"},
		{"cut off", oneChild[:400], "breaks off"},
		{"an entity", `<!DOCTYPE x [<!ENTITY a "b">]>` + oneChild[40:], "DOCTYPE"},
	} {
		if _, err := ReadXML("x.xml", []byte(row.text), testOptions); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.why, err, row.want)
		}
	}
	got := readXMLText(t, "<EXPSSDA903><CHILD>x<HEADER><DOB>01/01/2010</DOB><SCHOOL>Oak</SCHOOL><AREVIEW><REVIEW>01/07/2025</REVIEW></AREVIEW></HEADER></CHILD></EXPSSDA903>")
	if diff := cmp.Diff([]string{"SCHOOL unknown-column", "CHILD stray-text", "CHILDID missing-child-id (row)"}, problems(got[Header])); diff != "" {
		t.Error(diff)
	}
	if got[Reviews].RowsSetAside != 1 {
		t.Errorf("a review of nobody was taken")
	}
}

func Fuzz903XML(f *testing.F) {
	f.Add([]byte(oneChild))
	f.Add([]byte("<EXPSSDA903><CHILD><EPISODE><EPISODE/><DECOM>1</DECOM></EPISODE><HEADER/></CHILD><X><Y/></X></EXPSSDA903>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tables, err := ReadXML("fuzz.xml", data, testOptions)
		if err != nil {
			return
		}
		for _, out := range tables {
			if out.RowsRead != out.RowsTaken+out.RowsSetAside || out.RowsTaken != len(out.Rows) {
				t.Errorf("%s: read %d, taken %d, rows %d, set aside %d", out.Kind, out.RowsRead, out.RowsTaken, len(out.Rows), out.RowsSetAside)
			}
		}
	})
}
