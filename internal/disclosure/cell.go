package disclosure

import "strconv"

// Why a cell has no number. The symbols that stand in its place are those of
// the Government Statistical Service, as the Department for Education uses them.
//
// Small and Secondary both show as "c". Which of the two it was must not leave
// the case level: whoever knows that a number is small knows more of it.
const (
	Small         = "small"           // the number itself is small: "c"
	Secondary     = "secondary"       // hidden to keep another one hidden: "c"
	LowBase       = "low reliability" // of too few to say anything: "u"
	NotApplicable = "not applicable"  // "z"
	NotAvailable  = "not available"   // "x"
)

// Symbol is what may stand in place of a number, and what it means.
type Symbol struct{ Sign, Meaning string }

// Symbols are all of them, to be explained wherever they can stand.
func Symbols() []Symbol {
	return []Symbol{
		{"c", "kept back, so that nobody can be recognised"},
		{"u", "of too few to say anything: the base is under " + strconv.Itoa(Default().MinBase)},
		{"x", "not available: nothing was read that tells it"},
		{"z", "does not apply"},
		{"0", "a true zero"},
	}
}

// Cell is one count as it may be seen. Value is 0 where it is not shown, so
// that a hidden number cannot leave by mistake.
type Cell struct {
	Value int
	Shown bool
	Why   string // empty where shown; else one of the reasons above
}

// Number is a cell that shows n.
func Number(n int) Cell { return Cell{Value: n, Shown: true} }

// Suppressed tells whether there is a number that is kept back.
func (c Cell) Suppressed() bool { return !c.Shown && (c.Why == Small || c.Why == Secondary) }

// String is the number without separators, or the symbol that stands for it.
// A cell that nobody filled in reads as not available.
func (c Cell) String() string {
	switch {
	case c.Shown:
		return strconv.Itoa(c.Value)
	case c.Suppressed():
		return "c"
	case c.Why == LowBase:
		return "u"
	case c.Why == NotApplicable:
		return "z"
	}
	return "x"
}

// MarshalJSON writes the number, or null where it is not shown.
func (c Cell) MarshalJSON() ([]byte, error) {
	if !c.Shown {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(c.Value), 10), nil
}
