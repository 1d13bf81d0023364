package main

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"stablefutures/internal/store"
)

// table is a table of the migrations, with the comments that stand at it.
type table struct {
	name, about string
	columns     []column
}

type column struct{ name, kind, about string }

var (
	createTable = regexp.MustCompile(`^create table (\w+) \(`)
	addColumn   = regexp.MustCompile(`^alter table (\w+) add column (.+);(?:\s*-- (.*))?$`)
	dropColumn  = regexp.MustCompile(`^alter table (\w+) drop column (\w+);`)
	nameColumn  = regexp.MustCompile(`^alter table (\w+) rename column (\w+) to (\w+);(?:\s*-- (.*))?$`)
	columnLine  = regexp.MustCompile(`^  (\w+)\s+(text|integer)\b(.*)$`)
)

// readTables reads the tables of all migrations, in the order in which they are made.
func readTables(folder fs.FS) ([]table, error) {
	files, err := fs.Glob(folder, "*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var tables []table
	for _, name := range files {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		if tables, err = addTables(tables, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	markSealed(tables, store.SealedColumns())
	return tables, nil
}

// markSealed says of each sealed column that it is.
func markSealed(tables []table, sealed []string) {
	for i := range tables {
		for j := range tables[i].columns {
			if c := &tables[i].columns[j]; slices.Contains(sealed, tables[i].name+"."+c.name) {
				c.about += " (sealed)"
			}
		}
	}
}

func addTables(tables []table, text string) ([]table, error) {
	var comment []string
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "-- +goose Down"):
			return tables, nil
		case strings.HasPrefix(line, "-- +goose"), line == "":
			comment = nil
		case strings.HasPrefix(line, "-- "):
			comment = append(comment, strings.TrimPrefix(line, "-- "))
		case createTable.MatchString(line):
			name := createTable.FindStringSubmatch(line)[1]
			about := strings.Join(comment, " ")
			if about == "" {
				about = abouts[name]
			}
			if about == "" {
				return nil, fmt.Errorf("table %s has no comment that says what it holds", name)
			}
			tables, comment, inside = append(tables, table{name: name, about: about}), nil, true
		case inside && strings.HasPrefix(line, ")"):
			inside = false
		case inside:
			code, about, _ := strings.Cut(line, "-- ")
			if m := columnLine.FindStringSubmatch(code); m != nil {
				at := &tables[len(tables)-1]
				at.columns = append(at.columns, column{m[1], kindOf(m[2], m[3]), orElse(about, columnAbouts[m[1]])})
			}
		case dropColumn.MatchString(line):
			m := dropColumn.FindStringSubmatch(line)
			if at := slices.IndexFunc(tables, func(t table) bool { return t.name == m[1] }); at >= 0 {
				tables[at].columns = slices.DeleteFunc(tables[at].columns, func(c column) bool { return c.name == m[2] })
			}
		case addColumn.MatchString(line):
			m := addColumn.FindStringSubmatch(line)
			at := slices.IndexFunc(tables, func(t table) bool { return t.name == m[1] })
			name, rest, _ := strings.Cut(m[2], " ")
			kind, rules, _ := strings.Cut(rest, " ")
			if at >= 0 {
				tables[at].columns = append(tables[at].columns, column{name, kindOf(kind, rules), m[3]})
			}
		case dropColumn.MatchString(line), nameColumn.MatchString(line):
			changeColumn(tables, line)
		}
	}
	return tables, nil
}

// changeColumn takes a column away, or gives it another name, and another comment where
// one stands there.
func changeColumn(tables []table, line string) {
	for n := range tables {
		t := &tables[n]
		if m := dropColumn.FindStringSubmatch(line); m != nil && m[1] == t.name {
			t.columns = slices.DeleteFunc(t.columns, func(c column) bool { return c.name == m[2] })
		}
		if m := nameColumn.FindStringSubmatch(line); m != nil && m[1] == t.name {
			for i := range t.columns {
				if t.columns[i].name == m[2] {
					t.columns[i].name, t.columns[i].about = m[3], orElse(m[4], t.columns[i].about)
				}
			}
		}
	}
}

// kindOf is a column's type, and whether it may be null.
func kindOf(kind, rules string) string {
	if !strings.Contains(rules, "not null") {
		kind += ", may be null"
	}
	return kind
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// columnAbouts say what columns hold that many tables have.
var columnAbouts = map[string]string{
	"authority": "code of the authority", "created_at": "when the row was made", "created_by": "account that made it", "name": "name, as people say it",
	"child_id": "child", "account_id": "account", "record_id": "record that shows it", "recorded_at": "when it was recorded", "recorded_by": "account that recorded it",
	"ended_at": "until when; null while it holds", "ended_by": "account that ended it", "began_at": "since when", "began_by": "account that began it",
	"received_at": "when the file was read", "received_by": "account that read it; '' for the command line", "edition": "id of the edition of the framework",
	"imported_at": "when it was imported", "imported_by": "account that imported it", "conversation_id": "conversation", "reading_id": "reading",
	"indicator": "id of the indicator", "item": "id of an outcome or an indicator", "voice": "whose: see Readings", "state": "see Readings", "id": "opaque id",
	"found_at": "when it was found", "decided_at": "when a person decided", "decided_by": "account that decided", "file_name": "name of the file, without its folder",
	"year_ending": "31 March that ends the return's year; '' where it has none",
}

// abouts say what tables hold whose name says it nearly all.
var abouts = map[string]string{
	"account":       "Somebody who may sign in. Ended accounts stay, so that what they did keeps its name.",
	"session":       "Somebody signed in on one device.",
	"allocation":    "A young person given to a worker, from and until when, by whom.",
	"edition":       "An edition of the framework that an authority imported. It never changes.",
	"conversation":  "When readings are made: one young person, one day, one worker.",
	"reading_words": "What was said with a reading, in the speaker's words; kept apart from what is counted.",
}
