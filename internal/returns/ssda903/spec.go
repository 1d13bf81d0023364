package ssda903

import (
	"stablefutures/internal/care"
	"stablefutures/internal/returns/table"
)

// role is what a column is to the row in which it stands.
type role uint8

const (
	roleChild     role = iota // who: without it the row is set aside
	roleBirth                 // date of birth, to the identity
	roleSex                   // code of a person fact and part of the identity
	roleEthnic                // detail and part of the identity
	roleUPN                   // identity, or detail where it is UN1 to UN7
	roleBegan                 // the fact's first day; must be there, must have come
	roleEnded                 // the fact's last day; blank means still running, so a bad one sets the row aside
	rolePlanned               // the fact's last day, which may lie ahead (DUC)
	roleDay                   // a day among the details
	roleCode                  // the fact's code
	roleCoded                 // a code among the details
	roleScore                 // a whole number of 0 to 40 among the details
	roleURN                   // the number of a placement, among the details
	roleAuthority             // the authority of an earlier permanence, among the details
	roleHome                  // postcode of the home: for the distance band only
	rolePlacement             // postcode of the placement: for the distance band only
	roleDropped               // never read
)

// goesOn tells the columns in which a blank cell means that something still goes
// on. What cannot be read in them sets the row aside.
func (r role) goesOn() bool { return r == roleEnded }

// column is one column of a table as the return defines it.
type column struct {
	name  string
	role  role
	codes codeSet
	// must: a cell that is blank or unknown sets the row aside (MISSING).
	must bool
	// marks: the table is recognised by this column, together with the others so marked.
	marks bool
	// blank: the return lets the cell be empty.
	blank bool
	// xmlOnly: stands in the XML's HEADER and in no CSV.
	xmlOnly bool
}

// spec is one table of the return.
type spec struct {
	kind    table.Kind
	name    string // for messages: "episodes"
	fact    care.Kind
	columns []column
	// once: a child may stand in the table only once; a second row with other
	// cells is set aside, because nothing says which of them is right.
	once bool
	// path: the element of the XML whose fields make one row.
	path string
}

var child = column{name: "CHILD", role: roleChild, marks: true}

var birth = column{name: "DOB", role: roleBirth}

var specs = []spec{
	{kind: Episodes, name: "episodes", fact: care.Episode, path: "CHILD/EPISODE", columns: []column{
		child, {name: "DECOM", role: roleBegan, marks: true}, {name: "RNE", role: roleCoded, codes: rneCodes},
		{name: "LS", role: roleCode, codes: legalCodes, marks: true}, {name: "CIN", role: roleCoded, codes: needCodes},
		{name: "PLACE", role: roleCoded, codes: placeCodes}, {name: "PLACE_PROVIDER", role: roleCoded, codes: providerCodes, blank: true},
		{name: "DEC", role: roleEnded, blank: true}, {name: "REC", role: roleCoded, codes: ceasedCodes, blank: true},
		{name: "REASON_PLACE_CHANGE", role: roleCoded, codes: changeCodes, blank: true},
		{name: "HOME_POST", role: roleHome, blank: true}, {name: "PL_POST", role: rolePlacement, blank: true}, {name: "URN", role: roleURN, blank: true},
	}},
	{kind: Missing, name: "missing", fact: care.Missing, path: "CHILD/HEADER/AMISSING", columns: []column{
		child, birth, {name: "MISSING", role: roleCode, codes: missingCodes, must: true, marks: true},
		{name: "MIS_START", role: roleBegan, marks: true}, {name: "MIS_END", role: roleEnded, blank: true},
	}},
	{kind: Reviews, name: "reviews", fact: care.Review, path: "CHILD/HEADER/AREVIEW", columns: []column{
		child, birth, {name: "REVIEW", role: roleBegan, marks: true}, {name: "REVIEW_CODE", role: roleCode, codes: reviewCodes, marks: true},
	}},
	{kind: OC2, name: "OC2", fact: care.Health, path: "CHILD/HEADER/OC2", columns: []column{
		child, birth, {name: "SDQ_SCORE", role: roleScore, blank: true}, {name: "SDQ_REASON", role: roleCoded, codes: sdqCodes, blank: true},
		{name: "CONVICTED", role: roleCoded, codes: flagCodes, blank: true}, {name: "HEALTH_CHECK", role: roleCoded, codes: flagCodes, blank: true},
		{name: "IMMUNISATIONS", role: roleCoded, codes: flagCodes, marks: true, blank: true}, {name: "TEETH_CHECK", role: roleCoded, codes: flagCodes, marks: true, blank: true},
		{name: "HEALTH_ASSESSMENT", role: roleCoded, codes: flagCodes, blank: true}, {name: "SUBSTANCE_MISUSE", role: roleCoded, codes: flagCodes, blank: true},
		{name: "INTERVENTION_RECEIVED", role: roleCoded, codes: flagCodes, blank: true}, {name: "INTERVENTION_OFFERED", role: roleCoded, codes: flagCodes, blank: true},
	}},
	{kind: OC3, name: "OC3 (care leavers)", fact: care.CareLeaver, path: "CHILD/HEADER", columns: []column{
		child, birth, {name: "IN_TOUCH", role: roleCode, codes: touchCodes, marks: true},
		{name: "ACTIV", role: roleCoded, codes: activCodes, marks: true}, {name: "ACCOM", role: roleCoded, codes: accomCodes, marks: true},
	}},
	{kind: AD1, name: "AD1 (adoption)", fact: care.Adoption, path: "CHILD/HEADER", columns: []column{
		child, birth, {name: "DATE_INT", role: roleDay, marks: true}, {name: "DATE_MATCH", role: roleDay, marks: true},
		{name: "FOSTER_CARE", role: roleCoded, codes: flagCodes}, {name: "NB_ADOPTR", role: roleCoded, codes: adopterCount},
		{name: "SEX_ADOPTR", role: roleCoded, codes: adopterSexCodes}, {name: "LS_ADOPTR", role: roleCoded, codes: adopterLegalCodes},
	}},
	{kind: PlacedAdoption, name: "placed for adoption", fact: care.PlacedForAdoption, path: "CHILD/HEADER/AD_PLACED", columns: []column{
		child, birth, {name: "DATE_PLACED", role: roleBegan, marks: true}, {name: "DATE_PLACED_CEASED", role: roleEnded, blank: true},
		{name: "REASON_PLACED_CEASED", role: roleCoded, codes: placedEndCodes, blank: true},
	}},
	{kind: PreviousPermanence, name: "previous permanence", fact: care.PreviousPermanence, path: "CHILD/HEADER/PERMANENCE", columns: []column{
		child, birth, {name: "PREV_PERM", role: roleCode, codes: permanenceCodes, marks: true},
		{name: "LA_PERM", role: roleAuthority, blank: true}, {name: "DATE_PERM", role: roleDay, blank: true},
	}},
	{kind: SocialWorkers, name: "social worker episodes", fact: care.SocialWorker, path: "CHILD/HEADER/SWEPISODE", columns: []column{
		child, birth, {name: "SW_ID", role: roleDropped}, {name: "SW_DECOM", role: roleBegan, marks: true},
		{name: "SW_DEC", role: roleEnded, blank: true}, {name: "SW_REASON", role: roleCode, codes: workerCodes},
	}},
	{kind: LibertyOrders, name: "deprivation of liberty orders", fact: care.LibertyOrder, path: "CHILD/HEADER/DOLO", columns: []column{
		child, birth, {name: "DOLO_START", role: roleBegan, marks: true}, {name: "DOLO_END", role: roleEnded, blank: true},
	}},
	{kind: Uasc, name: "UASC", fact: care.Uasc, path: "CHILD/HEADER", once: true, columns: []column{
		child, birth, {name: "SEX", role: roleSex, codes: sexCodes}, {name: "DUC", role: rolePlanned, marks: true, blank: true},
	}},
	{kind: Header, name: "header", fact: care.Person, path: "CHILD/HEADER", once: true, columns: []column{
		child, birth, {name: "SEX", role: roleSex, codes: sexCodes, marks: true}, {name: "ETHNIC", role: roleEthnic, codes: ethnicCodes, marks: true},
		{name: "UPN", role: roleUPN}, {name: "MOTHER", role: roleCoded, codes: flagCodes, blank: true}, {name: "MC_DOB", role: roleDropped},
		{name: "UASC", role: roleCoded, codes: flagCodes, xmlOnly: true},
	}},
}

// otherNames are other headers under which a column goes.
var otherNames = map[string]string{"CHILDID": "CHILD", "CHILD_ID": "CHILD", "PL": "PLACE"}

func specOf(kind table.Kind) *spec {
	for i := range specs {
		if specs[i].kind == kind {
			return &specs[i]
		}
	}
	return nil
}

func (s *spec) column(name string) (int, bool) {
	for i := range s.columns {
		if s.columns[i].name == name {
			return i, true
		}
	}
	return 0, false
}
