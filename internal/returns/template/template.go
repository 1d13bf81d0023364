// Package template holds the project's own two templates, as xlsx and CSV: the
// register and framework readings. It writes them empty for somebody to fill in,
// writes them filled for export, and reads both back: what Export wrote, Read
// gives again, cell for cell.
//
// It decides what a column is called and what a cell may say. What a register
// entry may hold is the business of package register, what a reading may hold
// that of packages conversation and framework. No store and no pages belong here.
package template

import (
	"stablefutures/internal/register"
	"stablefutures/internal/returns/table"
)

// Kinds of the two tables. They are stored: never rename one.
const (
	Register table.Kind = "template/register"
	Readings table.Kind = "template/readings"
)

// Format is the kind of file that is written.
type Format string

const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// HelpSheet is the name of the workbook's second sheet, which explains the
// columns and holds nothing to be read.
const HelpSheet = "How to fill this in"

// column is one column of a template.
type column struct {
	id      string // stable; taken as a header too
	label   string // the header that is written
	help    string
	allowed []string // words that may stand in the cell; nil for anything
	several bool     // more than one of them, parted by semicolons
}

// Ids of the columns that are not fields of the register.
const (
	colChild     = "child-id"
	colName      = "name"
	colBirth     = "date-of-birth"
	colSex       = "sex"
	colEthnicity = "ethnicity"
	colUPN       = "upn"

	colConversation = "conversation"
	colSaidOn       = "said-on"
	colLanguage     = "language"
	colEdition      = "edition"
	colIndicator    = "indicator"
	colVoice        = "voice"
	colAnswer       = "answer"
	colEvidence     = "evidence"
	colHelpedBy     = "helped-by"
	colWords        = "words"
	colReading      = "reading-id"
	colReplaces     = "replaces"
	colRecordedAt   = "recorded-at"
)

var childColumn = column{id: colChild, label: "Child ID", help: "The number by which your case system and your returns know the child. Needed in each row."}

// registerColumns are the child's own columns and one for each field of the register.
func registerColumns() []column {
	columns := []column{
		childColumn,
		{id: colName, label: "Name", help: "The young person's name, for the record's own page only."},
		{id: colBirth, label: "Date of birth", help: "As 31/03/2010. Every day in the row is checked against it."},
		{id: colSex, label: "Sex", help: "As in the SSDA903 return.", allowed: labelsOf(sexWords)},
		{id: colEthnicity, label: "Ethnicity", help: "The four-letter code of the DfE's returns.", allowed: ethnicCodes},
		{id: colUPN, label: "UPN", help: "Unique pupil number: a letter, then 12 letters and digits."},
	}
	for _, f := range register.Fields() {
		columns = append(columns, column{id: f.ID, label: f.Label, help: fieldHelp(f), allowed: optionLabels(f), several: f.Kind == register.Choices})
	}
	return columns
}

func fieldHelp(f register.Field) string {
	help := f.Help
	switch {
	case f.Kind == register.Day:
		help += " Write the day as 31/03/2026."
	case f.Kind == register.Choices:
		help += " Part several with semicolons."
	case f.IsList():
		help += " Part several with semicolons; at most " + itoa(f.Max) + "."
	}
	return trimLeft(help)
}

func optionLabels(f register.Field) []string {
	var labels []string
	for _, o := range f.Options {
		labels = append(labels, o.Label)
	}
	return labels
}
