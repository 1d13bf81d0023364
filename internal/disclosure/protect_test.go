package disclosure

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func protect(t rapid.TB, m *Model, p Profile) map[string]Cell {
	t.Helper()
	cells, err := Protect(m, p)
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// Known answers: tables of which the few right ways to hide are plain to see.
func TestWhatIsHidden(t *testing.T) {
	for _, c := range []struct {
		why   string
		build func(m *Model)
		want  map[string]string
	}{
		{"a lone small number is hidden, and nothing tells it", func(m *Model) { m.Show("a", 3) }, map[string]string{"a": "c"}},
		{"a zero is a true zero", func(m *Model) { m.Show("a", 0) }, map[string]string{"a": "0"}},
		{"5 is small and 6 is not", func(m *Model) { m.Show("a", 5); m.Show("b", 6) }, map[string]string{"a": "c", "b": "6"}},
		{"a public number is shown, however small", func(m *Model) { m.Add(Count{ID: "a", Value: 2, Sort: Public}) }, map[string]string{"a": "2"}},
		{
			"the total would tell the one small part, so the smallest other part goes too",
			func(m *Model) { m.AddBreakdown("all", Part{"a", 3}, Part{"b", 20}, Part{"c", 10}) },
			map[string]string{"a": "c", "b": "20", "c": "c", "all": "33"},
		},
		{
			"two small parts of a total of 4 are hidden with it: it is small itself",
			func(m *Model) { m.AddBreakdown("all", Part{"a", 3}, Part{"b", 1}) },
			map[string]string{"a": "c", "b": "c", "all": "c"},
		},
		{
			"two small parts of a large total hide one another",
			func(m *Model) { m.AddBreakdown("all", Part{"a", 3}, Part{"b", 4}, Part{"c", 40}) },
			map[string]string{"a": "c", "b": "c", "c": "40", "all": "47"},
		},
		{
			"two small parts that make 2 do not hide one another: each is at most 2",
			func(m *Model) { m.AddBreakdown("all", Part{"a", 1}, Part{"b", 1}, Part{"c", 40}) },
			map[string]string{"a": "c", "b": "c", "c": "c", "all": "42"},
		},
		{
			"all but 2 of 30 went missing: the 2 must not be told either",
			func(m *Model) { m.Show("all", 30); m.Show("missing", 28); m.Complement("all", "missing") },
			map[string]string{"all": "30", "missing": "c"},
		},
	} {
		t.Run(c.why, func(t *testing.T) {
			m := &Model{}
			c.build(m)
			got := protect(t, m, Default())
			for id, want := range c.want {
				if got[id].String() != want {
					t.Errorf("%s shows as %s, want %s", id, got[id], want)
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("%d cells, want %d: what stands in no table may not come out", len(got), len(c.want))
			}
		})
	}
}

func TestAModelThatContradictsItselfIsRefused(t *testing.T) {
	m := &Model{}
	m.Show("a", 3)
	m.Show("a", 4)
	m.Show("all", 9)
	m.Sum("all", "a", "nobody")
	if _, err := Protect(m, Default()); err == nil {
		t.Error("it was protected, though it cannot be right")
	}
}

// No small number of a table, nor of tables that share one, can be told by
// somebody who tries every set of numbers that fits what is shown. The adversary
// here counts by trying; Protect works by linear programming.
func TestNobodyCanTellASmallNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(2, 3).Draw(t, "cols")
		m := &Model{}
		m.AddTable(anyTable(t, "one", rows, cols))
		if rapid.Bool().Draw(t, "linked") {
			// a second table splits a cell of the first
			whole := m.counts[0]
			first := rapid.IntRange(0, whole.Value).Draw(t, "first half")
			m.AddBreakdown(whole.ID, Part{"half", first}, Part{"other half", whole.Value - first})
		}
		if rapid.Bool().Draw(t, "complement") {
			m.Complement("one/r0/total", "one/r0/c0")
		}
		cells := protect(t, m, Default())
		for i, c := range m.counts {
			if !Default().isSmall(c.Value) || c.Sort == Public {
				continue
			}
			if cells[c.ID].Shown {
				t.Fatalf("%s is %d and is shown", c.ID, c.Value)
			}
			if !canBeLarge(m, cells, i) {
				t.Fatalf("%s is %d, and what is shown tells that it is small: %v", c.ID, c.Value, shown(m, cells))
			}
		}
	})
}

func anyTable(t *rapid.T, id string, rows, cols int) Table {
	table := Table{ID: id}
	for r := range rows {
		table.Rows = append(table.Rows, fmt.Sprint("r", r))
		var line []int
		for c := range cols {
			line = append(line, rapid.SampledFrom([]int{0, 0, 1, 2, 3, 5, 6, 8, 15}).Draw(t, fmt.Sprint("cell ", r, c)))
		}
		table.Cells = append(table.Cells, line)
	}
	for c := range cols {
		table.Cols = append(table.Cols, fmt.Sprint("c", c))
	}
	return table
}

func shown(m *Model, cells map[string]Cell) map[string]string {
	out := map[string]string{}
	for _, c := range m.counts {
		out[c.ID] = cells[c.ID].String()
	}
	return out
}

// An overview is some 25 outcomes, each with its spread, beside a few tables.
func BenchmarkProtectOverview(b *testing.B) {
	m := overviewLike()
	for b.Loop() {
		if _, err := Protect(m, Default()); err != nil {
			b.Fatal(err)
		}
	}
}

func overviewLike() *Model {
	m := &Model{}
	m.Add(Count{ID: "register", Value: 61})
	for o := range 25 {
		var parts []Part
		left := 61
		for k := range 8 {
			n := (o*7 + k*5) % 11
			left -= n
			parts = append(parts, Part{fmt.Sprint(o, "/", k), n})
		}
		for left < 0 {
			left += parts[0].Value
			parts = parts[1:]
		}
		m.AddBreakdown("register", append(parts, Part{fmt.Sprint(o, "/silent"), left})...)
	}
	return m
}
