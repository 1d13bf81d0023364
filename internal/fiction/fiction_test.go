package fiction_test

import (
	"bytes"
	"strings"
	"testing"

	"stablefutures/internal/date"
	"stablefutures/internal/fiction"
	"stablefutures/internal/framework"
	"stablefutures/internal/returns"
)

const today = date.Date("2026-11-24")

func files(t *testing.T, seed uint64) []fiction.File {
	t.Helper()
	list, err := fiction.New(fiction.Options{Seed: seed, Today: today, Edition: framework.Working()}).Files()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The invented council's files are such as our own readers take without a
// question: what is shown of it is what was invented.
func TestEveryFileIsTakenWhole(t *testing.T) {
	opt := returns.Options{Today: today, Editions: []*framework.Edition{framework.Working()}}
	children, onRegister, readings := map[string]bool{}, 0, 0
	for _, f := range files(t, 2026) {
		if !strings.Contains(f.Name, "fictional") {
			t.Errorf("%s does not say in its name that it is fictional", f.Name)
		}
		tables, err := returns.Read(f.Name, f.Data, opt)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		for _, table := range tables {
			if table.RowsSetAside != 0 || table.RowsRead != table.RowsTaken || table.RowsRead == 0 {
				t.Errorf("%s: %d rows read, %d taken: %+v", f.Name, table.RowsRead, table.RowsTaken, table.Problems)
			}
			for _, p := range table.Problems {
				t.Errorf("%s, row %d: %s", f.Name, p.Row, p.Message)
			}
			onRegister += len(table.Register)
			readings += len(table.Readings)
			if table.Kind == "ssda903/episodes" && f.YearEnding == "2026-03-31" {
				for _, row := range table.Rows {
					children[row.Child] = true
				}
			}
		}
	}
	if n := len(children); n < 850 || n > 950 {
		t.Errorf("%d children looked after; about 900 are wanted", n)
	}
	if onRegister < 50 || onRegister > 70 {
		t.Errorf("%d on the register; some 60 are wanted", onRegister)
	}
	if readings < 3000 {
		t.Errorf("%d readings: two years of conversations give more", readings)
	}
}

func TestTheSameSeedInventsTheSameCouncil(t *testing.T) {
	first, again, other := files(t, 7), files(t, 7), files(t, 8)
	differ := false
	for i := range first {
		if strings.HasSuffix(first[i].Name, ".xlsx") {
			continue // a workbook holds the time at which it was written
		}
		if !bytes.Equal(first[i].Data, again[i].Data) {
			t.Errorf("%s differs from the same seed", first[i].Name)
		}
		differ = differ || !bytes.Equal(first[i].Data, other[i].Data)
	}
	if !differ {
		t.Error("another seed invents the same council")
	}
}
