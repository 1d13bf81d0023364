package annexa

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/care"
	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/places"
)

// shared is a folder beside the project, found from its root.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
	path := filepath.Join(dir, "..", "shared", "data", "annex-a", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not beside the project: %v", name, err)
	}
	return path
}

// variant is one spelling of the dictionary: a value that a council has sent, and
// the group that the dictionary puts it in.
type variant struct{ column, want, observed string }

func variants(t *testing.T) []variant {
	t.Helper()
	file, err := os.Open(shared(t, "annex_a_value_variants.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[variant]bool{}
	var list []variant
	for _, r := range rows[1:] {
		if v := (variant{r[1], r[2], r[3]}); !seen[v] {
			seen[v] = true
			list = append(list, v)
		}
	}
	return list
}

// groupsOf are the groups of the dictionary by column; a column that is not
// listed answers yes or no.
var groupsOf = map[string]string{
	"Gender": "gender", "Ethnicity": "ethnicity", "Contact Source": "source", "Referral Source": "source",
	"Primary Need Code": "need", "Child's Category of Need": "need", "Reason for Closure": "closure", "Case Status": "status",
	"Initial Category of Abuse": "abuse", "Latest Category of Abuse": "abuse", "Child's Legal Status": "legal",
	"What is the permanence plan for this child?": "permanence", "Reason Ceased to be Looked After": "ceased", "Placement Type": "place",
	"Placement Provider": "provider", "Placement Location": "inside", "Eligibility Category": "eligibility", "LA in Touch": "touch",
	"Type of Accommodation": "accommodation", "Suitability of Accommodation": "suitability", "Activity Status": "activity",
	"Reason Why Child No Longer Placed for Adoption": "reversed", "Reason for leaving adoption process": "leaving",
}

// listWith is the list that is read and has a column, and the column. The sources
// of contacts stand in list 1, which is set aside: they are read by the same rules
// as those of referrals, in list 3. The columns of lists 10 and 11, which are set
// aside too, have none.
func listWith(name string) (*spec, int) {
	if name == "Contact Source" {
		name = "Referral Source"
	}
	for i := range specs {
		if !specs[i].used() {
			continue
		}
		if at := slices.IndexFunc(specs[i].columns, func(c column) bool { return c.name == name }); at >= 0 {
			return &specs[i], at
		}
	}
	return nil, 0
}

// asRead is what the reader makes of a spelling: the value that it keeps, empty
// for none; and whether it tells that this is not what the cell says.
func asRead(t *testing.T, v variant) (value string, told bool) {
	t.Helper()
	s, at := listWith(v.column)
	if s == nil {
		return asLookedUp(t, v)
	}
	row := make([]string, len(s.columns))
	for i, c := range s.columns {
		switch c.role {
		case roleChild:
			row[i] = "c1"
		case roleBegan:
			row[i] = "01/05/2025"
		}
	}
	row[at] = v.observed
	out := readRow(s.kind, "List", row)
	if out.RowsTaken != 1 {
		t.Fatalf("%s | %s: the row was not taken: %v", v.column, v.observed, problems(out))
	}
	for _, p := range out.Problems {
		told = told || p.Row > 0 && p.Column == s.columns[at].name
	}
	for _, r := range out.ReadAs {
		told = told || r.Column == s.columns[at].name
	}
	return valueIn(out.Rows[0], &s.columns[at]), told
}

func asLookedUp(t *testing.T, v variant) (string, bool) {
	t.Helper()
	for _, s := range specs {
		for _, c := range s.columns {
			if c.name == v.column {
				code, known := c.set.lookup(v.observed)
				return code, !known || code != v.observed
			}
		}
	}
	t.Fatalf("no list has a column %q", v.column)
	return "", false
}

// valueIn is what a row says of a column, wherever the reader has put it.
func valueIn(row care.Row, c *column) string {
	if row.Identity != nil {
		switch c.role {
		case roleSex:
			if row.Identity.Sex != "" && detailOf(row, c.name) == "" {
				return row.Identity.Sex
			}
		case roleEthnic:
			if row.Identity.Ethnicity != "" {
				return row.Identity.Ethnicity
			}
		}
	}
	if c.role == roleCode && row.Facts[0].Code != "" {
		return row.Facts[0].Code
	}
	switch value := detailOf(row, c.name); {
	case value == "neither male nor female":
		return "NEITHER"
	case c.role == roleEthnic:
		return strings.TrimSuffix(value, ", which is not said")
	default:
		return value
	}
}

func detailOf(row care.Row, name string) string {
	for _, f := range row.Facts {
		for _, d := range f.Details {
			if d.Name == name {
				return d.Value
			}
		}
	}
	return ""
}

// group is the dictionary's group of a value that the reader keeps; the
// dictionary's word for a value that means none of the codes is zzCodeError.
func group(v variant, value string) string {
	if cell.Empty(strings.TrimSpace(v.observed)) && value == "" {
		return "(blank)"
	}
	if value == "" {
		return "zzCodeError"
	}
	of := groupsOf[v.column]
	if of == "" {
		of = "yesno"
	}
	for _, code := range []string{value, unsaid + value} {
		if name, ok := coarse[of][code]; ok {
			return name
		}
	}
	return value
}

// wanted is the dictionary's group as the test compares it: its own spellings of
// one group are made one, and the name of an authority is that authority.
func wanted(v variant) string {
	switch {
	case cell.Empty(strings.TrimSpace(v.want)):
		return "(blank)"
	case v.column == "LA of Placement":
		if name, ok := places.Find(v.want); ok {
			return name
		}
	case v.column == "Activity Status":
		return v.want[:2]
	case v.column == "Child's Legal Status" && (strings.HasPrefix(v.want, "J1") || strings.HasPrefix(v.want, "J2")):
		return "g) Youth justice legal Statuses"
	}
	return strings.ReplaceAll(v.want, "accomodation", "accommodation")
}

// Every spelling that London's councils have sent is read as the dictionary's
// group for it, or stands in exceptions with the reason; and what is read as
// something else than it says is told.
func TestEverySpellingOfTheDictionaryIsReadOrExplained(t *testing.T) {
	list := variants(t)
	if len(list) != 5422 {
		t.Errorf("the dictionary has %d spellings, 5,422 were counted", len(list))
	}
	matched, reasons := 0, map[string]int{}
	used := map[string]bool{}
	for _, v := range list {
		value, told := asRead(t, v)
		if !told && !saysItself(strings.TrimSpace(v.observed), value) {
			t.Errorf("%s | %s: read as %q, and not told", v.column, v.observed, value)
		}
		got := group(v, value)
		if fold(got) == fold(wanted(v)) {
			matched++
			continue
		}
		key := v.column + " | " + v.observed
		reason := exceptions[key]
		if reason == "" {
			t.Errorf("%s: read as %q, the dictionary has %q", key, got, v.want)
			continue
		}
		used[key] = true
		reasons[reason]++
		t.Logf("not as the dictionary: %s: read as %q, the dictionary has %q: %s", key, got, v.want, reason)
	}
	for key := range exceptions {
		if !used[key] {
			t.Errorf("%s is no exception any more: take it off the list", key)
		}
	}
	t.Logf("%d of %d spellings are read as the dictionary has them", matched, len(list))
	for reason, n := range reasons {
		t.Logf("%d: %s", n, reason)
	}
	if matched < 5250 {
		t.Errorf("%d spellings match, at least 5,250 did", matched)
	}
}

// finer are the columns of which the dictionary knows groups alone, while the
// return has codes.
var finer = []string{"Contact Source", "Referral Source", "Ethnicity", "Reason for Closure", "Child's Legal Status", "Reason Ceased to be Looked After", "Placement Type", "Placement Provider"}

// codeShapes are the codes of those columns, as they stand at the beginning of a
// spelling, behind Ofsted's letter, or in brackets at its end.
var codeShapes = map[string]string{
	"Contact Source": `1[A-D]|2[AB]|3[A-F]|5[A-D]`, "Referral Source": `1[A-D]|2[AB]|3[A-F]|5[A-D]`,
	"Ethnicity":          `WBRI|WIRI|WIRT|WOTH|WROM|MWBC|MWBA|MWAS|MOTH|AIND|APKN|ABAN|AOTH|BCRB|BAFR|BOTH|CHNE|OOTH|REFU|NOBT`,
	"Reason for Closure": `RC[1-9]`, "Child's Legal Status": `C[12]|D1|E1|V[234]|L[123]|J[123]`,
	"Reason Ceased to be Looked After": `X1|E1[1-7]|E2|E3|E4[AB]|E4[1345678]|E[56789]`,
	"Placement Type":                   `A[3-6]|H5|K[123]|P[123]|R[1235]|S1|T[0-4]|U[1-6]|Z1`, "Placement Provider": `PR[0-5]`,
}

// Of those columns, a spelling that holds a code is read as that code, and one of
// words alone as testdata/fine.txt has it, which was written by reading each.
func TestSpellingsAreReadAsTheirFineCodes(t *testing.T) {
	fine, seen := fineCodes(t), map[string]bool{}
	var missing []string
	for _, v := range variants(t) {
		if !slices.Contains(finer, v.column) || exceptions[v.column+" | "+v.observed] == contradicts {
			continue
		}
		value, _ := asRead(t, v)
		shape := codeShapes[v.column]
		stands := regexp.MustCompile(`(?i)^(?:\(?[a-z]{1,2}1?\)\s+)?[\[(]?(` + shape + `)(?:[^a-z0-9.]|$)|(?:^|\s)[\[(](` + shape + `)[ab]?[\])]\.?$`).FindStringSubmatch(v.observed)
		if stands != nil {
			if code := strings.ToUpper(stands[1] + stands[2]); value != code {
				t.Errorf("%s | %s: read as %q, it says %s", v.column, v.observed, value, code)
			}
			continue
		}
		key := columnOfFine(v.column) + " | " + strings.Join(strings.Fields(v.observed), " ")
		want, there := fine[key]
		seen[key] = true
		switch {
		case !there:
			missing = append(missing, key+" = "+value)
		case value != want:
			t.Errorf("%s: read as %q, it means %q", key, value, want)
		}
	}
	for _, line := range missing {
		t.Errorf("testdata/fine.txt does not say what this means: %s", line)
	}
	for key := range fine {
		if !seen[key] {
			t.Errorf("testdata/fine.txt has what the dictionary has not: %s", key)
		}
	}
	t.Logf("%d spellings of words alone", len(seen))
}

// columnOfFine: the sources of contacts and of referrals mean the same.
func columnOfFine(name string) string {
	if name == "Contact Source" {
		return "Referral Source"
	}
	return name
}

func fineCodes(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "fine.txt"))
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	column, code := "", ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "## "):
			column = line[3:]
		case strings.HasPrefix(line, "\t"):
			codes[column+" | "+line[1:]] = code
		default:
			code = strings.Trim(line, `"`)
		}
	}
	return codes
}
