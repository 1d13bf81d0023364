package register_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"stablefutures/internal/register"
)

func TestMerge(t *testing.T) {
	suspected := register.Entry{register.FieldState: "suspected", "suspected-on": "2026-01-01", "suspected-why": "new phones"}
	referred := register.Entry{register.FieldState: "referred", "suspected-on": "2026-01-01", register.FieldReferredOn: "2026-03-10"}
	amended := register.Entry{register.FieldState: "suspected", "suspected-on": "2026-01-01", "suspected-why": "new phones and money"}
	for _, c := range []struct {
		why                  string
		base, said, standing register.Entry
		want                 register.Entry
		kept                 int
	}{
		{"a new entry is what the file says", nil, suspected, nil, suspected, 0},
		{"the same file again undoes nothing that a person entered", suspected, suspected, referred, referred, 0},
		{"a later file is taken where nobody entered anything", suspected, amended, suspected, amended, 0},
		{"of one field that both changed the person's stays", suspected, amended, referred, referred, 1},
		{"a person's entry that no file spoke of keeps what differs", nil, suspected, referred, register.Entry{
			register.FieldState: "referred", "suspected-on": "2026-01-01", register.FieldReferredOn: "2026-03-10", "suspected-why": "new phones"}, 1},
	} {
		got, kept := register.Merge(c.base, c.said, c.standing)
		if diff := cmp.Diff(c.want, got); diff != "" || len(kept) != c.kept {
			t.Errorf("%s (-want +got), %d kept, want %d:\n%s", c.why, len(kept), c.kept, diff)
		}
	}
}

func TestMergeOfWhatNobodyChangedIsNothingNew(t *testing.T) {
	some := func(t *rapid.T, name string) register.Entry {
		e := register.Entry{}
		for _, f := range register.Fields() {
			if v := rapid.SampledFrom([]string{"", "", "a", "b"}).Draw(t, name+" "+f.ID); v != "" {
				e[f.ID] = v
			}
		}
		return e
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := some(t, "a"), some(t, "b")
		if got, kept := register.Merge(a, a, b); len(register.Diff(got, b)) > 0 || len(kept) > 0 {
			t.Fatalf("a file that says the same again changed %v to %v", b, got)
		}
		if got, kept := register.Merge(a, b, a); len(register.Diff(got, b)) > 0 || len(kept) > 0 {
			t.Fatalf("an entry that nobody touched became %v, the file says %v", got, b)
		}
		if got, kept := register.Merge(a, b, b); len(register.Diff(got, b)) > 0 || len(kept) > 0 {
			t.Fatalf("what both say became %v", got)
		}
	})
}
