// Package annexa reads Annex A, the child-level lists that Ofsted asks of a
// council before an inspection: a workbook with a sheet a list, or one CSV a
// list. Lists are recognised by their columns; sheet names, headers and values
// are read loosely, because every case system writes them in its own way.
//
// Lists 3, 4, 6, 7, 8 and 9 become rows; lists 1, 2, 5, 10 and 11 are
// recognised, counted and set aside. Postcodes, workers' and teams' names, the
// number of a placement (URN) and the name of an organisation are never read out
// of a sheet. A value that is not understood is never kept as it stands: it is
// left blank and told. This package writes nothing and knows no database.
package annexa

import "stablefutures/internal/returns/table"

// Kinds of the eleven lists. They are stored: never rename one.
const (
	List1  table.Kind = "annex-a/list-1"  // contacts
	List2  table.Kind = "annex-a/list-2"  // early help assessments
	List3  table.Kind = "annex-a/list-3"  // referrals
	List4  table.Kind = "annex-a/list-4"  // assessments
	List5  table.Kind = "annex-a/list-5"  // section 47 enquiries and conferences
	List6  table.Kind = "annex-a/list-6"  // children in need
	List7  table.Kind = "annex-a/list-7"  // child protection plans
	List8  table.Kind = "annex-a/list-8"  // children in care
	List9  table.Kind = "annex-a/list-9"  // care leavers
	List10 table.Kind = "annex-a/list-10" // adoption
	List11 table.Kind = "annex-a/list-11" // adopters
)
