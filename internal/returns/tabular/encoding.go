package tabular

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/returns/table"
)

// decode gives the text of a file: UTF-8 with or without a byte order mark, or
// Windows-1252, which is what a British spreadsheet writes where it does not write
// UTF-8. What it gives is valid UTF-8 without a zero byte, because no database
// takes one: a stray one is replaced, and told.
func decode(data []byte) (text string, told []table.Problem, err error) {
	if err := encoding(data); err != nil {
		return "", nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.TrimRight(data, "\x1a") // the end of a file, as DOS wrote it
	if at := bytes.IndexByte(data, 0); at >= 0 {
		told = append(told, table.Problem{Row: lineAt(data, at), Code: "zero-byte",
			Message: fmt.Sprintf("The file holds %d zero bytes, the first of them here, which no text has: each was read as \uFFFD. Export the file again.", bytes.Count(data, []byte{0}))})
		data = bytes.ReplaceAll(data, []byte{0}, []byte("\uFFFD"))
	}
	if utf8.Valid(data) {
		return string(data), told, nil
	}
	return fromWindows(data), told, nil
}

// lineAt is the line, counted from 1, on which a byte stands.
func lineAt(data []byte, at int) int {
	before := data[:at]
	return 1 + max(bytes.Count(before, []byte("\n")), bytes.Count(before, []byte("\r")))
}

// encoding says in plain words why data is not text; nil where it is. A few zero
// bytes do not make a text unreadable: see decode.
func encoding(data []byte) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return refuse("The file is empty. Export it again, and check that it was saved before it was sent.")
	case UTF16(data):
		return refuse("The file is UTF-16 text, as “Unicode text” in Excel makes it. Save it as “CSV UTF-8” and send it again.")
	case binary(data):
		return refuse("The file is not text: it holds bytes that no CSV has. Export it again as CSV or xlsx.")
	}
	return nil
}

// UTF16 tells UTF-16 text: by its byte order mark, or by every other byte being zero.
func UTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return true
	}
	var zeroes [2]int
	head := data[:min(len(data), 4096)]
	for i, b := range head {
		if b == 0 {
			zeroes[i%2]++
		}
	}
	few, many := min(zeroes[0], zeroes[1]), max(zeroes[0], zeroes[1])
	return many > len(head)/8 && few <= many/8
}

// binary tells a file that is no text at all: zero bytes among other bytes that no
// text has, or many of them.
func binary(data []byte) bool {
	zeroes := bytes.Count(data, []byte{0})
	if zeroes == 0 {
		return false
	}
	for _, b := range data[:min(len(data), 4096)] {
		if b > 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' {
			return true
		}
	}
	return zeroes > 20 && zeroes > len(data)/1000
}

func fromWindows(data []byte) string {
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
