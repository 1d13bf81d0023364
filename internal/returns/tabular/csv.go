package tabular

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// CSV reads a CSV file: UTF-8 with or without a byte order mark, or
// Windows-1252; parted by commas, semicolons or tabs, whichever the header has
// most of; rows of any length. The first row that is not blank is the header.
func CSV(data []byte) (*Sheet, error) {
	if err := Encoding(data); err != nil {
		return nil, err
	}
	text := utf8Text(data)
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = separator(text)
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	sheet := &Sheet{}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse(fmt.Sprintf("The file cannot be read as CSV after row %d: %v. Export it again.", len(sheet.Rows)+sheet.HeaderRow, err))
		}
		line, _ := reader.FieldPos(0)
		if err := sheet.add(record, line); err != nil {
			return nil, err
		}
	}
	if sheet.Header == nil {
		return nil, refuse("The file is empty. Export it again, and check that it was saved before it was sent.")
	}
	return sheet, nil
}

// add takes one row: the header first, blank rows never.
func (s *Sheet) add(record []string, row int) error {
	if len(record) > maxColumns {
		return refuse(fmt.Sprintf("Row %d has %d columns; no return has more than %d. This is not one of the files that can be read.", row, len(record), maxColumns))
	}
	if blank(record) {
		return nil
	}
	if s.Header == nil {
		s.Header, s.HeaderRow = make([]string, len(record)), row
		for i, name := range record {
			s.Header[i] = strings.TrimSpace(name)
		}
		return nil
	}
	if len(s.Rows) >= maxRows {
		return refuse(fmt.Sprintf("The file has more than %d rows. Split it by year.", maxRows))
	}
	s.Rows, s.Numbers = append(s.Rows, record), append(s.Numbers, row)
	return nil
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// separator is the sign that parts the columns of the first row that is not blank.
func separator(text string) rune {
	line := ""
	for candidate := range strings.Lines(text) {
		if strings.Trim(candidate, " \t\r\n,;") != "" {
			line = candidate
			break
		}
	}
	best, most := ',', 0
	for _, sign := range []rune{',', ';', '\t'} {
		if n := strings.Count(line, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}
