package template

import (
	"encoding/csv"
	"fmt"
	"io"

	"stablefutures/internal/framework"
)

// WriteRegister writes the empty register template.
func WriteRegister(w io.Writer, format Format) error {
	return write(w, format, book{sheet: "Register", columns: registerColumns(), about: aboutRegister})
}

// WriteReadings writes the empty template for readings to these editions.
func WriteReadings(w io.Writer, format Format, editions []*framework.Edition) error {
	return write(w, format, book{sheet: "Readings", columns: readingsColumns(editions), about: aboutReadings})
}

const (
	aboutRegister = "One row a child. Only the child's id and the state are needed; leave empty what is not known. Days are written as 31/03/2026. Postcodes and names of workers do not belong here."
	aboutReadings = "One row an answer: one voice, one indicator, one day. Leave out what was not talked about, or say so. Days are written as 31/03/2026. Names of workers do not belong here."
)

// book is what is written: columns, and rows of cells in their order.
type book struct {
	sheet   string
	columns []column
	about   string
	rows    func(yield func([]string) bool) // nil for an empty template
}

func write(w io.Writer, format Format, b book) error {
	switch format {
	case XLSX:
		return writeXLSX(w, b)
	case CSV:
		return writeCSV(w, b)
	}
	return fmt.Errorf("templates are written as %s or %s, not as %q", XLSX, CSV, format)
}

// writeCSV writes UTF-8 with a byte order mark, without which Excel takes the
// file for Windows-1252.
func writeCSV(w io.Writer, b book) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return fmt.Errorf("write the CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(b.header()); err != nil {
		return fmt.Errorf("write the CSV: %w", err)
	}
	var failed error
	b.each(func(cells []string) bool {
		for i := range cells {
			cells[i] = guard(cells[i])
		}
		failed = out.Write(cells)
		return failed == nil
	})
	out.Flush()
	if failed == nil {
		failed = out.Error()
	}
	if failed != nil {
		return fmt.Errorf("write the CSV: %w", failed)
	}
	return nil
}

func (b book) header() []string {
	header := make([]string, len(b.columns))
	for i, c := range b.columns {
		header[i] = c.label
	}
	return header
}

func (b book) each(yield func([]string) bool) {
	if b.rows != nil {
		b.rows(yield)
	}
}
