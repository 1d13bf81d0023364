package register

// Kind is how a field is asked and what its value may be.
type Kind string

const (
	Choice      Kind = "choice"        // one option id
	Choices     Kind = "choices"       // option ids joined by "; ", in the order of the options
	Day         Kind = "day"           // YYYY-MM-DD
	Text        Kind = "text"          // one line; where Max > 1, up to Max lines joined by "; "
	LongText    Kind = "long-text"     // several lines
	YesNoUnsure Kind = "yes-no-unsure" // "yes", "no" or "unsure"
)

// Field is one field of a register entry. The same list makes the template's
// columns, the page's questions and the checks.
type Field struct {
	ID      string // stable, lower case, hyphens; stored
	Label   string // unique; the template's column and the page's question
	Help    string // one or two plain sentences; may be empty
	Section string // heading under which fields stand together
	Kind    Kind
	Options []Option // Choice, Choices and YesNoUnsure only
	Max     int      // most items of a list field; 0 for a field that is no list
}

// Option is one answer that a field offers.
type Option struct {
	ID    string // stable, lower case, hyphens; stored
	Label string
}

// IsList tells whether the value holds items joined by "; ".
func (f Field) IsList() bool { return f.Kind == Choices || f.Max > 1 }

// OptionLabel is the label of an option, or the id itself where it is unknown.
func (f Field) OptionLabel(id string) string {
	for _, o := range f.Options {
		if o.ID == id {
			return o.Label
		}
	}
	return id
}

// Words is a stored value as people read it: labels for option ids, a day as
// 31 March 2026. Text stands as it is.
func (f Field) Words(value string) string {
	switch {
	case value == "":
		return ""
	case f.Kind == Day:
		return Entry{f.ID: value}.Day(f.ID).Long()
	case f.Kind == Choices:
		items := SplitList(value)
		for i, id := range items {
			items[i] = f.OptionLabel(id)
		}
		return JoinList(items)
	case len(f.Options) > 0:
		return f.OptionLabel(value)
	}
	return value
}

// Fields are all fields in the order in which they are asked. The caller may
// keep and change the slice, but not the options in it.
func Fields() []Field { return append([]Field(nil), fields...) }

// FieldByID finds a field.
func FieldByID(id string) (Field, bool) {
	i, ok := fieldIndex[id]
	if !ok {
		return Field{}, false
	}
	return fields[i], true
}

var fieldIndex = func() map[string]int {
	index := make(map[string]int, len(fields))
	for i, f := range fields {
		index[f.ID] = i
	}
	return index
}()
