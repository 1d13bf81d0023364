package framework

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHardTextsAreToldWithoutAbsurdAges(t *testing.T) {
	e, err := Parse(edited(t, func(e part) {
		in(e, "principles", 0, "outcomes", 0, "indicators", 0, "title", "young-person", "en")["text"] = "Professionals consider proportionality considerations appropriately"
		in(e, "principles", 0, "outcomes", 0, "indicators", 1, "title", "young-person", "en")["text"] = "The people in my community understand my religion well"
	}))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, n := range Notes(e) {
		if n.Where != "texts" {
			lines = append(lines, n.Where+": "+n.Message)
		}
	}
	want := []string{
		"indicator equality.1, wording for young people: “Professionals consider proportionality considerations appro…” is hard to read: it takes an adult who reads well; aim at the age of 9. Shorten the sentence, or use simpler words.",
		"indicator equality.2, wording for young people: “The people in my community understand my religion well” is hard to read: it takes a reader of about 15; aim at the age of 9. Shorten the sentence, or use simpler words."}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

// The hardest are told one by one, the others by their names.
func TestManyHardTextsAreNotAFlood(t *testing.T) {
	e, err := Parse(edited(t, func(e part) {
		for _, o := range in(e, "principles", 2)["outcomes"].([]any) {
			for _, i := range o.(part)["indicators"].([]any) {
				in(i, "title", "young-person", "en")["text"] = "Professionals consider proportionality"
			}
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	notes := Notes(e)
	if len(notes) != mostHard+2 {
		t.Fatalf("%d notes, want the %d hardest, one of the others and one of who has reviewed them", len(notes), mostHard)
	}
	if more := notes[mostHard]; more.Where != "hard to read too" || !strings.HasPrefix(more.Message, "21 more: indicator emotional-wellbeing.1; ") {
		t.Errorf("%s: %s", more.Where, more.Message)
	}
}

func TestCountingAndNearness(t *testing.T) {
	for n, want := range map[int]string{0: "first", 9: "tenth", 10: "11th", 11: "12th", 12: "13th", 20: "21st", 21: "22nd", 22: "23rd", 110: "111th", 120: "121st"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"id", "idd", 1}, {"vresion", "version", 1}, {"kitten", "sitting", 3}, {"a", "", 1}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := nearest("colour", []string{"id", "version"}); got != "" {
		t.Errorf("colour is taken for %s", got)
	}
}
