package annexa

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// setOf is the set by which the reader reads a column, wherever it stands.
func setOf(t *testing.T, name string) *set {
	t.Helper()
	for _, s := range specs {
		for _, c := range s.columns {
			if c.name == name {
				return c.set
			}
		}
	}
	t.Fatalf("no list has a column %q", name)
	return nil
}

// readAsGroup is the group that the reader's own code falls into; empty where it
// knows none.
func readAsGroup(t *testing.T, v variant) string {
	t.Helper()
	if cell.Empty(strings.TrimSpace(v.observed)) {
		return "(blank)"
	}
	if v.column == "LA of Placement" {
		name, _ := places.Find(v.observed)
		return name
	}
	code, known := setOf(t, v.column).lookup(v.observed)
	if !known {
		return "zzCodeError" // the dictionary's word for a value that means none of the codes
	}
	group := groupsOf[v.column]
	if group == "" {
		group = "yesno"
	}
	if name, ok := coarse[group][code]; ok {
		return name
	}
	return code
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
// group for it, or stands in exceptions with the reason.
func TestEverySpellingOfTheDictionaryIsReadOrExplained(t *testing.T) {
	list := variants(t)
	if len(list) != 5422 {
		t.Errorf("the dictionary has %d spellings, 5,422 were counted", len(list))
	}
	matched, reasons := 0, map[string]int{}
	used := map[string]bool{}
	for _, v := range list {
		got := readAsGroup(t, v)
		if fold(got) == fold(wanted(v)) {
			matched++
			continue
		}
		key := v.column + " | " + v.observed
		reason := exceptions[key]
		if got == "(blank)" {
			reason = signForNothing
		}
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
