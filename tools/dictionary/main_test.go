package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The dictionary in docs is what the migrations and the domain say.
func TestTheDictionaryIsCurrent(t *testing.T) {
	tables, err := readTables(os.DirFS("../../" + migrations))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		for _, c := range table.columns {
			if c.about == "" {
				t.Errorf("%s.%s is explained nowhere: write a comment beside it in the migration", table.name, c.name)
			}
		}
	}
	var want bytes.Buffer
	if err := write(&want, tables); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/data-dictionary.md")
	if err != nil || string(got) != want.String() {
		t.Errorf("docs/data-dictionary.md is not current (%v): run make dictionary", err)
	}
}

func TestTablesAndColumnsAreRead(t *testing.T) {
	tables, err := addTables(nil, "-- +goose Up\n\n-- A thing\n-- of ours.\ncreate table thing (\n  authority text not null,\n  ended_at   text,              -- until when\n  kind text not null check (kind in ('a-b')), -- what\n  old text not null, -- was\n  primary key (authority)\n) /*strict*/;\n\nalter table thing drop column old;\nalter table thing add column more integer not null default 0; -- how many\n")
	if err != nil || len(tables) != 1 || tables[0].about != "A thing of ours." || len(tables[0].columns) != 4 {
		t.Fatalf("%+v, %v", tables, err)
	}
	var names []string
	for _, c := range tables[0].columns {
		names = append(names, c.name+": "+c.kind+" "+c.about)
	}
	if got := strings.Join(names, "; "); got != "authority: text code of the authority; ended_at: text, may be null until when; kind: text what; more: integer how many" {
		t.Error(got)
	}
	if _, err := addTables(nil, "create table unknown (\n"); err == nil {
		t.Error("a table that nobody explains was taken")
	}
}
