package template

import "stablefutures/internal/returns/table"

// otherHeaders are other headers under which the child's own columns go, folded.
var otherHeaders = map[string]string{
	"child": colChild, "childuniqueid": colChild, "lachildid": colChild, "dob": colBirth, "birthdate": colBirth,
	"ethnic": colEthnicity, "said": colSaidOn, "date": colSaidOn, "dayofconversation": colSaidOn, "reading": colAnswer, "help": colHelpedBy,
}

// needed are the columns by which each template is told.
var needed = map[table.Kind][]string{
	Register: {colChild, "state"},
	Readings: {colChild, colIndicator, colAnswer},
}

// Recognise tells which template a header belongs to. Headers are read without
// regard to case, spaces and punctuation; a column's id will do as well. The
// sheet of help is never taken for a template.
func Recognise(sheetName string, header []string) (table.Kind, bool) {
	if fold(sheetName) == fold(HelpSheet) {
		return "", false
	}
	for _, kind := range []table.Kind{Readings, Register} {
		have := map[string]bool{}
		names := index(columnsOf(kind))
		matched := 0
		for _, name := range header {
			if id, ok := names[fold(name)]; ok && !have[id] {
				have[id] = true
				matched++
			}
		}
		all := matched > len(needed[kind])
		for _, id := range needed[kind] {
			all = all && have[id]
		}
		if all {
			return kind, true
		}
	}
	return "", false
}

// columnsOf are the columns of a template; what the editions allow does not
// matter for reading them.
func columnsOf(kind table.Kind) []column {
	if kind == Register {
		return registerColumns()
	}
	return readingsColumns(nil)
}

// index finds a column's id by its folded header.
func index(columns []column) map[string]string {
	names := map[string]string{}
	for _, c := range columns {
		names[fold(c.id)], names[fold(c.label)] = c.id, c.id
	}
	for name, id := range otherHeaders {
		if _, taken := names[name]; !taken && names[fold(id)] != "" {
			names[name] = id
		}
	}
	return names
}

// optional tells the columns that an export alone fills in.
var optional = map[string]bool{colReading: true, colReplaces: true, colRecordedAt: true}

// tellMissing tells which columns are not there, in one line.
func (r *sheetReader) tellMissing() {
	var must, others []string
	for _, c := range columnsOf(r.out.Kind) {
		_, there := r.where[c.id]
		switch {
		case there || optional[c.id]:
		case mustStand[c.id]:
			must = append(must, c.label)
		default:
			others = append(others, c.label)
		}
	}
	name := "template for the register"
	if r.out.Kind == Readings {
		name = "template for readings"
	}
	if says := table.MissingColumns(name, must, others); says != "" {
		r.tellColumn("", "missing-columns", says)
	}
}

// mustStand are the columns without which no row can be taken, beside those by
// which the template is told.
var mustStand = map[string]bool{colSaidOn: true, colVoice: true}
