// Package tabular gets tables of text out of files: CSV and xlsx. It knows about
// encodings, separators, header rows, merged cells, formulas and dates in
// spreadsheets, and refuses what cannot be read safely, in plain words.
//
// It does not know what a column means: that is the readers' business.
package tabular

import (
	"strings"
	"unicode/utf8"

	"stablefutures/internal/returns/table"
)

// Sheet is one table of text: a CSV file, or a sheet of a workbook.
type Sheet struct {
	Name    string   // empty for a CSV
	Header  []string // as written, trimmed
	Rows    [][]string
	Numbers []int // row of the file, as a person sees it, for each of Rows; nil where row i stands at HeaderRow+1+i

	HeaderRow int             // row of the file at which the header stands, 1-based
	Problems  []table.Problem // what was noticed while reading, such as merged cells
	ReadAs    []table.ReadAs  // formulas whose kept result was read
}

// Number is the row of the file at which row i stands.
func (s *Sheet) Number(i int) int {
	if s.Numbers != nil {
		return s.Numbers[i]
	}
	return s.HeaderRow + 1 + i
}

// Limits: wider or larger files are no return that anybody sends.
const (
	maxColumns = 1000
	maxRows    = 2_000_000
)

// Refused is a file that cannot be read, in plain words with the remedy.
type Refused struct{ Message string }

func (r *Refused) Error() string { return r.Message }

func refuse(message string) error { return &Refused{message} }

// Encoding says in plain words why text cannot be read; nil where it can. A
// UTF-8 byte order mark is fine.
func Encoding(data []byte) error {
	switch {
	case len(strings.TrimSpace(string(data[:min(len(data), 512)]))) == 0 && len(strings.TrimSpace(string(data))) == 0:
		return refuse("The file is empty. Export it again, and check that it was saved before it was sent.")
	case hasPrefix(data, "\xff\xfe"), hasPrefix(data, "\xfe\xff"), zeroes(data) > len(data)/8:
		return refuse("The file is UTF-16 text, as “Unicode text” in Excel makes it. Save it as “CSV UTF-8” and send it again.")
	case zeroes(data) > 0:
		return refuse("The file is not text: it holds bytes that no CSV has. Export it again as CSV or xlsx.")
	}
	return nil
}

func hasPrefix(data []byte, prefix string) bool {
	return len(data) >= len(prefix) && string(data[:len(prefix)]) == prefix
}

// zeroes counts zero bytes in the first part of a file.
func zeroes(data []byte) int {
	n := 0
	for _, b := range data[:min(len(data), 4096)] {
		if b == 0 {
			n++
		}
	}
	return n
}

// utf8Text is data as UTF-8. Bytes that are not are taken as Windows-1252, which
// is what a British spreadsheet writes where it does not write UTF-8.
func utf8Text(data []byte) string {
	data = []byte(strings.TrimPrefix(string(data), "\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data)
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/16)
	for _, c := range data {
		if c >= 0x80 && c < 0xa0 {
			b.WriteRune(windows1252[c-0x80])
			continue
		}
		b.WriteRune(rune(c))
	}
	return b.String()
}

// windows1252 are the characters at 0x80 to 0x9f; the rest is as in Unicode.
var windows1252 = [32]rune{
	'€', '\uFFFD', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\uFFFD', 'Ž', '\uFFFD',
	'\uFFFD', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\uFFFD', 'ž', 'Ÿ',
}
