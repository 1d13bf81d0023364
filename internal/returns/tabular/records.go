package tabular

import (
	"fmt"
	"strings"

	"stablefutures/internal/returns/table"
)

// records cuts a text into rows and cells. A quoted cell may hold separators,
// doubled quotes and line ends. A quote that is never closed must not swallow the
// rows below it: such a quote is told, taken for nothing, and the rows are read
// each by itself. Cells share the text's memory.
type records struct {
	text    string
	sep     byte
	pos     int
	line    int // of the row that comes next, from 1
	read    int // rows read
	columns int // cells of the widest of the first rows
	stray   bool
	told    table.Log
	room    []string // from which rows are cut
}

// newRecords cuts a text whose lines end in LF or CR LF; stray tells that a CR
// alone stands somewhere too.
func newRecords(text string, sep byte, stray bool) *records {
	return &records{text: text, sep: sep, line: 1, stray: stray}
}

// lineEnds makes of lines that end in CR, as on an old Mac, lines that end in LF,
// and tells whether a CR alone is left somewhere.
func lineEnds(text string) (lines string, stray bool) {
	single := strings.Count(text, "\r") - strings.Count(text, "\r\n")
	if single > strings.Count(text, "\n") {
		return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), false
	}
	return text, single > 0
}

// next is the next row and the line on which it begins; nil at the end.
func (r *records) next() (row []string, line int) {
	if r.pos >= len(r.text) {
		return nil, r.line
	}
	line = r.line
	end := r.lineEnd(r.pos)
	if strings.IndexByte(r.text[r.pos:end], '"') < 0 {
		row = r.split(r.text[r.pos:end])
		r.forward(end)
	} else {
		row = r.quoted(end)
	}
	if r.read++; r.read <= looked && r.line == line+1 {
		r.columns = max(r.columns, len(row))
	}
	return row, line
}

// lineEnd is where the line that begins at from ends, before its LF. In a text of
// both kinds, a CR ends a line where a whole row stands before it.
func (r *records) lineEnd(from int) int {
	end := len(r.text)
	if n := strings.IndexByte(r.text[from:], '\n'); n >= 0 {
		end = from + n
	}
	if !r.stray {
		return end
	}
	if n := strings.IndexByte(r.text[from:end], '\r'); n >= 0 && from+n < end-1 && r.columns > 1 && strings.Count(r.text[from:from+n], string(r.sep)) == r.columns-1 {
		return from + n
	}
	return end
}

// forward goes to the line behind the one that ends at end.
func (r *records) forward(end int) {
	r.line += strings.Count(r.text[r.pos:end], "\n") + 1
	r.pos = end + 1
}

// split parts a line without quotes.
func (r *records) split(line string) []string {
	line = strings.TrimSuffix(line, "\r")
	row := r.take(strings.Count(line, string(r.sep)) + 1)
	for i := range row {
		if at := strings.IndexByte(line, r.sep); at >= 0 {
			row[i], line = line[:at], line[at+1:]
		} else {
			row[i] = line
		}
	}
	return row
}

// take cuts a row of n cells from a larger piece of memory.
func (r *records) take(n int) []string {
	if len(r.room) < n {
		r.room = make([]string, max(n, 8192))
	}
	row := r.room[:n:n]
	r.room = r.room[n:]
	return row
}

// quoted reads a row that has a quote on its first line, which ends at end.
func (r *records) quoted(end int) []string {
	row, stop, odd := r.cells(r.pos, false)
	lines := strings.Count(r.text[r.pos:min(stop, len(r.text))], "\n")
	switch {
	case odd == notClosed, lines > 0 && len(row) != r.columns && r.rowsWithin(stop) > 0:
		return r.unbalanced(end)
	case lines > 0 && r.rowsWithin(stop) > 1:
		r.tell("quote-over-rows", fmt.Sprintf("A quoted cell begins in row %d and goes on to row %d, and what it holds looks like rows of the table: it was read as one cell. If they are rows, take the quotation marks out and import the file again.", r.line, r.line+lines))
	case odd == quoteWithin && len(row) != r.columns:
		if other, _, _ := r.cells(r.pos, true); len(other) == r.columns {
			return r.unbalanced(end)
		}
	}
	r.forward(stop)
	return row
}

// unbalanced reads the line by itself, taking a quote that is not closed for nothing.
func (r *records) unbalanced(end int) []string {
	r.tell("unbalanced-quote", fmt.Sprintf("A quotation mark opens a cell in row %d and does not close it: the mark was left out, and this row and those below were read each by itself. Check the row, take the mark out or close it, and import the file again.", r.line))
	row, stop, _ := r.cells(r.pos, true)
	r.forward(max(stop, end))
	return row
}

func (r *records) tell(code, message string) {
	r.told.Add(table.Problem{Row: r.line, Code: code, Message: message})
}

// What is odd about a quoted row.
const (
	quoteWithin = 1 + iota // a quote stands within a quoted cell, all on one line
	notClosed              // a quoted cell does not end where it should
)

// cells parts the row that begins at from; stop is where it ends, before its line
// end. With oneLine, a quoted cell ends on its line, closed or not.
func (r *records) cells(from int, oneLine bool) (row []string, stop, odd int) {
	limit := len(r.text)
	if oneLine {
		limit = r.lineEnd(from)
	}
	for at := from; ; {
		var value string
		var note int
		if at < limit && r.text[at] == '"' {
			value, at, note = r.quotedCell(at+1, limit, oneLine)
			odd = max(odd, note)
		} else {
			end := at + r.cellEnd(r.text[at:limit])
			value, at = strings.TrimSuffix(r.text[at:end], "\r"), end
		}
		row = append(row, value)
		if odd == notClosed || at >= limit || r.text[at] == '\n' {
			return row, at, odd
		}
		at++ // behind the separator
	}
}

// cellEnd is where a cell without quotes ends.
func (r *records) cellEnd(rest string) int {
	if n := strings.IndexAny(rest, string(r.sep)+"\n"); n >= 0 {
		return n
	}
	return len(rest)
}

// quotedCell reads a cell behind its opening quote, and where it ends: at a
// separator, a line end or the end of the text.
func (r *records) quotedCell(from, limit int, oneLine bool) (value string, end, odd int) {
	var b strings.Builder
	for at := from; ; {
		n := strings.IndexByte(r.text[at:limit], '"')
		if n < 0 {
			break
		}
		n += at
		after := n + 1
		if after < limit && r.text[after] == '"' {
			b.WriteString(r.text[at:after])
			at = after + 1
			continue
		}
		end := after
		if end < limit && r.text[end] == '\r' && (end+1 == limit || r.text[end+1] == '\n') {
			end++
		}
		if end == limit || r.text[end] == r.sep || r.text[end] == '\n' {
			if oneLine && odd == quoteWithin {
				break // where a quote stands within it, the cell was not this long
			}
			b.WriteString(r.text[at:n])
			return strings.ReplaceAll(b.String(), "\r\n", "\n"), end, odd
		}
		if strings.IndexByte(r.text[from:n], '\n') >= 0 {
			return "", n, notClosed
		}
		b.WriteString(r.text[at:after])
		at, odd = after, quoteWithin
	}
	if !oneLine {
		return "", limit, notClosed
	}
	end = from + r.cellEnd(r.text[from:limit])
	return strings.TrimSuffix(r.text[from:end], "\r"), end, quoteWithin
}

// rowsWithin counts the lines up to stop that have as many separators as a row of
// the table. A row of several lines that is sound has hardly one.
func (r *records) rowsWithin(stop int) (n int) {
	if r.columns < 2 {
		return 0
	}
	for line := range strings.SplitSeq(r.text[r.pos:min(stop, len(r.text))], "\n") {
		if strings.Count(line, string(r.sep)) == r.columns-1 {
			n++
		}
	}
	return n
}
