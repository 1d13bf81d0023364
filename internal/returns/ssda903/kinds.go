// Package ssda903 reads the children looked after return: its CSV tables, a
// workbook with a sheet a table, and its XML. Tables are recognised by their
// columns in any order; codes of the years 2017/18 to 2026/27 are read.
//
// Postcodes (HOME_POST, PL_POST) are read here, turned into a distance band and
// dropped; social workers' ids (SW_ID) and a mother's child's date of birth
// (MC_DOB) are dropped unread. None of them is in a row, a problem or a read-as
// entry that leaves this package. It writes nothing and knows no database.
package ssda903

import "stablefutures/internal/returns/table"

// Kinds of the twelve tables. They are stored: never rename one.
const (
	Header             table.Kind = "ssda903/header"
	Episodes           table.Kind = "ssda903/episodes"
	Uasc               table.Kind = "ssda903/uasc"
	Missing            table.Kind = "ssda903/missing"
	Reviews            table.Kind = "ssda903/reviews"
	OC2                table.Kind = "ssda903/oc2"
	OC3                table.Kind = "ssda903/oc3"
	AD1                table.Kind = "ssda903/ad1"
	PlacedAdoption     table.Kind = "ssda903/placed-adoption"
	PreviousPermanence table.Kind = "ssda903/previous-permanence"
	SocialWorkers      table.Kind = "ssda903/social-workers"
	LibertyOrders      table.Kind = "ssda903/liberty-orders"
)

// DistanceBand is the name of the detail that stands in place of the home's and
// the placement's postcodes.
const DistanceBand = "Placement distance band"
