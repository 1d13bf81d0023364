package store_test

import (
	"database/sql"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stablefutures/internal/store"
)

// large are the tables that grow with every child and every answer.
var large = map[string]bool{"fact": true, "reading": true, "reading_words": true, "standing": true, "identity": true, "child": true, "conversation": true, "audit": true, "data_key": true, "name_token": true}

var (
	alias     = regexp.MustCompile(`(?:from|join|update) (\w+) (\w+)`)
	wholeScan = regexp.MustCompile(`^(?:SCAN (\w+)|SEARCH (\w+) USING .*\(authority=\?\)$)`)
)

// A query about one record never reads all records: SQLite is shown each statement
// and asked how it would go about it.
func TestOneRecordIsFoundWithoutReadingAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.db")
	open(t, path)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range store.Statements() {
		if !strings.Contains(text, "record_id = $2") && !strings.Contains(text, "id = $4") && !strings.Contains(text, "child_id = $2") {
			continue // about an authority as a whole
		}
		tables := map[string]string{}
		for _, m := range alias.FindAllStringSubmatch(text, -1) {
			tables[m[2]], tables[m[1]] = m[1], m[1]
		}
		for _, step := range plan(t, db, text) {
			m := wholeScan.FindStringSubmatch(step)
			if m != nil && large[tables[m[1]+m[2]]] {
				t.Errorf("%s\nin: %s", step, text)
			}
		}
	}
}

func plan(t *testing.T, db *sql.DB, text string) (steps []string) {
	t.Helper()
	args := make([]any, strings.Count(text, "$"))
	for i := range args {
		args[i] = "x"
	}
	most := 0
	for n := 1; n < 20; n++ {
		if strings.Contains(text, "$"+string(rune('0'+n%10))) && n < 10 {
			most = n
		}
	}
	rows, err := db.Query("explain query plan "+text, args[:min(most, len(args))]...)
	if err != nil {
		t.Logf("%v: %s", err, text)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	return steps
}
