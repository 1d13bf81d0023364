package cell

import (
	"strings"
	"unicode"
)

// maxChild is the longest child id read: the returns allow 10 and 20 characters, a
// pseudonymised one may be a digest of 64.
const maxChild = 64

// Fault is why a cell is no child's id: a stable code, and what to say.
type Fault struct{ Code, Message string }

// Child tells why a cell, trimmed, is no child's id; nil where it is one. An id is
// digits, or letters and digits, with - _ / and . between them. What has the look
// of a name, an address or a line of totals must not become a young person. unit
// is what is set aside: "row", or "child" where it is an element.
func Child(cell, unit string) *Fault {
	if plain(cell) {
		return nil
	}
	aside := ": the " + unit + " is set aside. "
	switch {
	case Empty(cell):
		return &Fault{"missing-child-id", "There is no child id" + aside + "Fill in the child's id and import the file again."}
	case Unreadable(cell):
		return &Fault{"unreadable-child-id", "The child's id could not be read out of the file" + aside + "Open the file in a spreadsheet, save it and import it again."}
	case totals(cell):
		return &Fault{"totals-row", "This looks like a line of totals and not like a child" + aside + "There is nothing to mend if it is."}
	case len(cell) > maxChild:
		return &Fault{"long-child-id", "The child id is longer than 64 characters" + aside + "Check that the columns have not slipped."}
	case damaged(cell):
		return &Fault{"damaged-child-id", "A spreadsheet has turned the child's id into a rounded number, and its figures are lost" + aside + "Make the column text before the ids are put in, and import the file again."}
	case postcode(cell) || !signsOfIDs(cell) || nameLike(cell) || isDay(cell):
		return &Fault{"odd-child-id", "What stands for the child's id is no id: it looks like a name, an address or a day" + aside + "Check that the columns have not slipped, or give the child's id in letters and digits."}
	}
	return nil
}

// plain tells the ids that nearly every row has: figures alone, or a few letters
// and figures that are no postcode.
func plain(cell string) bool {
	if cell == "" || len(cell) > 20 {
		return false
	}
	figures := 0
	for i := range len(cell) {
		switch c := cell[i]; {
		case c >= '0' && c <= '9':
			figures++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		default:
			return false
		}
	}
	return figures == len(cell) || figures > 0 && !postcode(cell)
}

// TrimPoint takes the ".0" away that a program which thinks ids are numbers puts
// behind them; told is whether it did.
func TrimPoint(cell string) (id string, told bool) {
	n := len(cell) - 2
	if n < 1 || cell[n] != '.' || cell[n+1] != '0' || digits(cell[:min(n, 15)]) < 0 {
		return cell, false
	}
	return cell[:n], true
}

// IDsWithPoint is how such ids are told, all together.
const (
	IDsWithPoint    = "(ids that end in .0)"
	IDsWithoutPoint = "(the ids without it)"
)

var totalWords = map[string]bool{
	"total": true, "totals": true, "subtotal": true, "subtotals": true, "sub": true, "grand": true, "sum": true, "count": true, "average": true, "mean": true,
	"rows": true, "row": true, "records": true, "record": true, "end": true, "eof": true,
}

// totals tells "Total", "Grand total: 12", "(8 rows affected)", "Sub-total".
func totals(cell string) bool {
	words := strings.FieldsFunc(strings.ToLower(cell), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for len(words) > 1 && digits(words[0]) >= 0 {
		words = words[1:]
	}
	return len(words) > 0 && totalWords[words[0]] && (len(words) == 1 || words[0] != "sub" || totalWords[words[1]])
}

// damaged tells what a spreadsheet makes of a long number or of 12E4: 1.23457E+11.
func damaged(cell string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(cell), "E")
	if !ok || !strings.ContainsAny(cell, ".+") || digits(strings.TrimLeft(exponent, "+-")) < 0 {
		return false
	}
	whole, part, point := strings.Cut(mantissa, ".")
	return digits(whole) >= 0 && (!point || part == "" || digits(part) >= 0)
}

func signsOfIDs(cell string) bool {
	for i := range len(cell) {
		c := cell[i]
		switch {
		case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z':
		case strings.IndexByte("-_/.", c) >= 0 && i > 0:
		default:
			return false
		}
	}
	return true
}

// nameLike tells letters without a figure that a person might be called: with a
// capital and small letters, or four capitals and more. A reference of this
// program (KPQD-TM) has its own form.
func nameLike(cell string) bool {
	if strings.ContainsAny(cell, "0123456789") || reference(cell) {
		return false
	}
	capitals, small := 0, 0
	for _, c := range cell {
		if unicode.IsUpper(c) {
			capitals++
		} else if unicode.IsLower(c) {
			small++
		}
	}
	return capitals > 0 && small > 0 || capitals > 3
}

func reference(cell string) bool {
	return len(cell) == 7 && cell[4] == '-' && cell == strings.ToUpper(cell)
}

func isDay(cell string) bool {
	if !strings.ContainsAny(cell, "/-.") {
		return false
	}
	_, form := Days().Parse(cell)
	return form == Plain || form == Timed
}

// postcode tells a cell that is a postcode and nothing else.
func postcode(cell string) bool {
	letters := 0
	for letters < len(cell) && isLetter(cell[letters]) {
		letters++
	}
	if letters < 1 || letters > 2 || letters == len(cell) || !isDigit(cell[letters]) {
		return false
	}
	rest := cell[letters+1:]
	if len(rest) > 3 && rest[0] != ' ' && (isLetter(rest[0]) || isDigit(rest[0])) {
		rest = rest[1:]
	}
	rest = strings.TrimLeft(rest, " -")
	return len(rest) == 3 && isDigit(rest[0]) && isLetter(rest[1]) && isLetter(rest[2])
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
