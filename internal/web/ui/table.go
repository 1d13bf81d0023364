package ui

import "html/template"

// Table is a list of things with columns. Say in Caption what it lists, how many,
// and in which order.
type Table struct {
	ID             string // what a Filter names
	Caption        string
	CaptionClasses string // "govuk-table__caption--m"
	Head           []Header
	Rows           [][]Cell
	FirstIsHeader  bool // the first cell of a row names the row
	Classes        string

	// Region, where set, is the name of a region that scrolls sideways when the
	// table is wider than the page.
	Region string
	// Stack, for lists of few columns, puts the cells of a row under one another
	// on narrow screens, each with its column's name.
	Stack bool
	// Empty is said instead of a table without rows: what to do then. Name, where
	// set, is said above it: a caption that counts none and names an order says nothing.
	Empty string
	Name  string
}

func (Table) templateName() string { return "ui-table" }

// Header is the head of a column.
type Header struct {
	Text    string
	Numeric bool
	Href    string // sorts by this column; only where the order is indexed
	Sorted  string // "ascending" or "descending" where the rows are in this order
	Hidden  bool   // read out, not shown: a column of buttons
	Classes string
	Colspan int
	Rowspan int
}

// Cell is one value. Text, with Href around it, or HTML instead of both.
type Cell struct {
	Text    string
	HTML    template.HTML // Safety: drawn by this program
	Href    string
	Note    string // quietly on a second line
	Numeric bool
	Classes string
	Colspan int
	Rowspan int
}

// cellView is a cell with its column's name.
type cellView struct {
	Cell
	Header bool
	Stack  bool
	Column string // empty where the column's name is not shown
}

// Views works out which cell heads its row and which column each belongs to.
func (c Table) Views() [][]cellView {
	rows := make([][]cellView, 0, len(c.Rows))
	for _, row := range c.Rows {
		cells := make([]cellView, 0, len(row))
		for i, cell := range row {
			v := cellView{Cell: cell, Header: i == 0 && c.FirstIsHeader, Stack: c.Stack}
			if i < len(c.Head) && !c.Head[i].Hidden {
				v.Column = c.Head[i].Text
			}
			cells = append(cells, v)
		}
		rows = append(rows, cells)
	}
	return rows
}

// Filter finds rows of a table or list by typing. Without script it is a form
// that asks the server.
type Filter struct {
	ID     string
	Name   string // of the query parameter
	Label  string // "Find by reference or name"
	Value  string
	Action string // address of the same page
	Target string // id of the table or list
	Keep   []Hidden
	Words  string // "{shown} of {all} on this page"
}

func (Filter) templateName() string { return "ui-filter" }

// Pagination leads to the page before and after. Pages are found by keys, so
// there are no page numbers.
type Pagination struct {
	Previous, Next *Step
	Label          string // "Pagination" where empty
	Classes        string
}

func (Pagination) templateName() string { return "ui-pagination" }

// Landmark is the name of the navigation.
func (c Pagination) Landmark() string { return orElse(c.Label, "Pagination") }

// Step is one way on: "Older", with what is there.
type Step struct {
	Href  string
	Text  string // "Previous page" or "Next page" where empty
	Label string // "before 3 March 2026"
}
