package tabular

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/returns/cell"
	"stablefutures/internal/returns/table"
)

// CSV reads a CSV file: parted by commas, semicolons, tabs or bars; rows of any
// length; quotes that are not closed told. The first row that is not blank is
// the header, until somebody who knows the tables finds it further down.
func CSV(data []byte) (*Sheet, error) {
	text, told, err := decode(data)
	if err != nil {
		return nil, err
	}
	text, stray := lineEnds(text)
	sep, text, declared := separatorLine(text)
	if !declared {
		sep = separator(text)
	}
	rows := newRecords(text, sep, stray)
	if declared {
		rows.line = 2
	}
	sheet := &Sheet{}
	for {
		row, number := rows.next()
		if row == nil {
			break
		}
		if err := sheet.add(row, number, rows); err != nil {
			return nil, err
		}
	}
	if sheet.Header == nil {
		return nil, refuse("The file is empty. Export it again, and check that it was saved before it was sent.")
	}
	sheet.Problems = append(told, rows.told.Problems()...)
	return sheet, nil
}

// add takes one row: the header first, blank rows never.
func (s *Sheet) add(row []string, number int, from *records) error {
	if s.Header == nil && len(row) > maxColumns {
		return refuse(fmt.Sprintf("Row %d has %d columns; no return has more than %d. This is not one of the files that can be read.", number, len(row), maxColumns))
	}
	if blank(row) {
		return nil
	}
	if len(row) > maxColumns {
		from.told.Add(table.Problem{Row: number, Code: "too-many-columns", Message: fmt.Sprintf("Row %d has %d columns: what stands beyond the first %d was left out. Check the row.", number, len(row), maxColumns)})
		row = row[:maxColumns]
	}
	for i, text := range row {
		if len(text) > maxCell && utf8.RuneCountInString(text) > maxCell {
			row[i] = cell.TooLong
			from.told.Add(table.Problem{Row: number, Code: "long-cell", Message: fmt.Sprintf("A cell of row %d holds more than %d characters, as where a quotation mark is not closed: it was not read. Check the row.", number, maxCell)})
		}
	}
	if s.Header == nil {
		s.Header, s.HeaderRow = Names(row), number
		return nil
	}
	if len(s.Rows) >= maxRows {
		return refuse(fmt.Sprintf("The file has more than %d rows. Split it by year.", maxRows))
	}
	s.Rows, s.Numbers = append(s.Rows, row), append(s.Numbers, number)
	return nil
}

func blank(row []string) bool {
	for _, text := range row {
		if text != "" && strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

// separatorLine takes off the line with which Excel declares the separator: "sep=;".
func separatorLine(text string) (sep byte, rest string, declared bool) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.Trim(strings.TrimRight(line, "\r"), `"`)
	if len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		return line[4], rest, true
	}
	return 0, text, false
}

// looked is how many lines are looked at to find the separator and the table's width.
const looked = 20

// separator is the sign that parts the cells of the first lines: the one that
// stands equally often on most of them. A title above the table has none.
func separator(text string) byte {
	var lines []string
	for line := range strings.FieldsFuncSeq(text[:min(len(text), 256<<10)], func(c rune) bool { return c == '\n' || c == '\r' }) {
		if strings.Trim(line, " \t,;|\"") != "" {
			lines = append(lines, line)
		}
		if len(lines) == looked {
			break
		}
	}
	best, most := byte(','), 0
	for _, sign := range []byte{',', ';', '\t', '|'} {
		often := map[int]int{}
		for _, line := range lines {
			often[outsideQuotes(line, sign)]++
		}
		for n, times := range often {
			if score := n * times; score > most {
				best, most = sign, score
			}
		}
	}
	return best
}

func outsideQuotes(line string, sign byte) int {
	n, within := 0, false
	for i := range len(line) {
		switch line[i] {
		case '"':
			within = !within
		case sign:
			if !within {
				n++
			}
		}
	}
	return n
}
