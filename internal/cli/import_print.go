package cli

import (
	"bytes"
	"fmt"
	"io"

	"stablefutures/internal/returns"
	"stablefutures/internal/service"
)

// printImport prints the report of an import for a person.
func printImport(w io.Writer, report service.ImportReport) error {
	var b bytes.Buffer
	for _, f := range report.Files {
		printFile(&b, f)
	}
	for _, u := range report.Unrecognised {
		fmt.Fprintf(&b, "%s: not taken. %s\n", u.Name, u.Message)
	}
	if report.NewChildren > 0 {
		fmt.Fprintf(&b, "%d young people were not known before.\n", report.NewChildren)
	}
	if report.NewMatches > 0 {
		fmt.Fprintf(&b, "%d pairs of records may be one young person each: a person decides on the page Likely matches.\n", report.NewMatches)
	}
	switch {
	case len(report.Files) == 0:
		fmt.Fprintln(&b, "Nothing was taken in.")
	case report.Unchanged:
		fmt.Fprintln(&b, "Nothing changed: all of this was taken in before.")
	case report.DryRun:
		fmt.Fprintln(&b, "This was a dry run: nothing was changed.")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// howYear says how the year of a return was told, where nobody said it.
var howYear = map[string]string{
	service.YearDates:    ", told from the days in the files",
	service.YearLast:     ", taken as the year that was read last: say --year-ending if it is another",
	service.YearComplete: ", taken as the last complete year: say --year-ending if it is another",
}

func printFile(w io.Writer, f service.FileReport) {
	name := f.Name
	if f.Sheet != "" {
		name += ", sheet " + f.Sheet
	}
	fmt.Fprintf(w, "%s: %s", name, f.Kind)
	if f.YearEnding.Known() {
		fmt.Fprintf(w, ", year to %s%s", f.YearEnding.Long(), howYear[f.YearFrom])
	}
	fmt.Fprintf(w, "\n  %d rows read, %d taken, %d set aside\n", f.RowsRead, f.RowsTaken, f.RowsSetAside)
	if f.Unchanged {
		fmt.Fprintln(w, "  nothing changed")
	} else {
		fmt.Fprintf(w, "  %d added, %d changed, %d no longer there, %d as before\n", f.Added, f.Changed, f.Gone, f.Same)
	}
	for _, reason := range returns.ByReason(f.Problems) {
		printReason(w, reason)
	}
	for _, v := range f.ReadAs {
		fmt.Fprintf(w, "  column %s: %q was read as %s (%d times)\n", v.Column, v.Observed, v.TakenAs, v.Count)
	}
}

// printReason prints an example of a reason, and how often it stands there.
func printReason(w io.Writer, r returns.Reason) {
	p := r.First
	fmt.Fprintf(w, "  %s%s\n", place(p.Sheet, p.Row, p.Column), p.Message)
	if r.Count > 1 {
		fmt.Fprintf(w, "    and %d more for the same reason: --json lists each of them\n", r.Count-1)
	}
}

// place says where in a file something stands.
func place(sheet string, row int, column string) string {
	text := ""
	if sheet != "" {
		text += "sheet " + sheet + ", "
	}
	if row > 0 {
		text += fmt.Sprintf("row %d, ", row)
	}
	if column != "" {
		text += "column " + column + ", "
	}
	if text == "" {
		return ""
	}
	return text[:len(text)-2] + ": "
}
