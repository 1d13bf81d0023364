// Command dictionary writes docs/data-dictionary.md: what every table, column, field
// and code of the records means, from the migrations and the domain themselves. It is
// what `make dictionary` calls; a test fails where the file is not what it would write.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"stablefutures/internal/conversation"
	"stablefutures/internal/foi"
	"stablefutures/internal/register"
)

const migrations = "internal/store/migrations"

func main() {
	tables, err := readTables(os.DirFS(migrations))
	if err == nil {
		err = write(os.Stdout, tables)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const head = `# Data dictionary

What the records hold. Written by ` + "`make dictionary`" + ` from the migrations and the domain;
change it there. Days are ` + "`YYYY-MM-DD`" + `, instants RFC 3339 in UTC, "" is "not known" or
"none". The authority's code comes first in every key.
`

func write(out io.Writer, tables []table) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%s\n## Tables\n", head)
	for _, t := range tables {
		fmt.Fprintf(w, "\n### %s\n\n%s\n\n| Column | Type | Meaning |\n|---|---|---|\n", t.name, t.about)
		for _, c := range t.columns {
			fmt.Fprintf(w, "| %s | %s | %s |\n", c.name, c.kind, cell(c.about))
		}
	}
	writeReadings(w)
	writeRegister(w)
	writeAnswer(w)
	return w.Flush()
}

func writeReadings(w io.Writer) {
	fmt.Fprint(w, "\n## Readings\n\n| Kind | Stored | Staff read |\n|---|---|---|\n")
	for _, s := range conversation.States {
		label := s.Label()
		if s == conversation.Answered {
			label = "the answer, 1 to 5, in the words of the edition"
		}
		fmt.Fprintf(w, "| state | %s | %s |\n", s, label)
	}
	for _, v := range conversation.Voices {
		fmt.Fprintf(w, "| voice | %s | %s |\n", v, v.Label())
	}
	for _, h := range conversation.Helps {
		fmt.Fprintf(w, "| who helped | %s | %s |\n", h, h.Label())
	}
	for _, e := range conversation.EvidenceKinds {
		fmt.Fprintf(w, "| what a worker's reading rests on | %s | %s |\n", e, e.Label())
	}
}

func writeRegister(w io.Writer) {
	fmt.Fprint(w, "\n## The register\n\nOne entry a child, every version kept. The same fields are the columns of the\ntemplate and the questions of the page.\n")
	section := ""
	for _, f := range register.Fields() {
		if f.Section != section {
			section = f.Section
			fmt.Fprintf(w, "\n### %s\n\n| Field | Stored as | Kind | Values |\n|---|---|---|---|\n", section)
		}
		var values []string
		for _, o := range f.Options {
			values = append(values, o.ID+": "+o.Label)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", f.Label, f.ID, f.Kind, cell(strings.Join(values, "; ")))
	}
}

func writeAnswer(w io.Writer) {
	fmt.Fprint(w, "\n## The answer that everybody is asked for\n\n| Number | How it is counted |\n|---|---|\n")
	definitions := foi.Definitions()
	for _, id := range foi.DefinitionIDs() {
		fmt.Fprintf(w, "| %s | %s |\n", id, cell(definitions[id]))
	}
}

// cell is a text that can stand in a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }
