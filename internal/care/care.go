// Package care holds what the returns say of a child: rows of a return, and
// the facts in them. It is the common tongue between the readers of files
// (internal/returns), the store and the counts.
//
// No file format, no SQL and no names of workers belong here; a postcode has no
// field that could hold it.
package care

import "stablefutures/internal/date"

// Kind says what a fact is about. Kinds are stored; never rename one.
type Kind string

const (
	Person             Kind = "person"               // who the child is: Code = sex (M, F, U), details ethnicity, disability …
	Episode            Kind = "episode"              // a period looked after: Code = legal status (C1, V2 …); Began DECOM, Ended DEC
	Missing            Kind = "missing"              // Code M missing, A away without authorisation; no Ended = still missing
	Review             Kind = "review"               // a review of the child: Began = its day, Code = PN0–PN7
	Uasc               Kind = "uasc"                 // unaccompanied asylum-seeking child: Ended = the day the status ceased (DUC)
	Health             Kind = "health"               // OC2: health checks and strengths and difficulties score
	CareLeaver         Kind = "care-leaver"          // OC3 and Annex A list 9: Code = in touch
	Adoption           Kind = "adoption"             // AD1
	PlacedForAdoption  Kind = "placed-for-adoption"  // Began placed, Ended ceased
	PreviousPermanence Kind = "previous-permanence"  // Code = PREV_PERM
	SocialWorker       Kind = "social-worker"        // a change of worker: Code = reason; the worker is not kept
	LibertyOrder       Kind = "liberty-order"        // deprivation of liberty order
	Referral           Kind = "referral"             // Began = referral, Ended = closure, Code = source
	Assessment         Kind = "assessment"           // Began = start, Ended = authorised
	Factor             Kind = "factor"               // one factor of one assessment: Began, Ended as the assessment, Code = 12A …
	InNeedPlan         Kind = "in-need-plan"         // child in need plan
	InNeed             Kind = "in-need"              // Annex A list 6: Code = primary need
	Section47          Kind = "section-47"           // enquiry: Began
	ProtectionPlan     Kind = "protection-plan"      // Code = latest category of abuse
	PreProceedings     Kind = "pre-proceedings"      // new in the 2026 CIN census
	LookedAfter        Kind = "looked-after"         // Annex A list 8: one period; Code = legal status; Began started, Ended ceased
	MissingInLastYear  Kind = "missing-in-last-year" // Annex A list 8: counts of missing and absent episodes in 12 months, in details
)

// Fact is one thing that one row of a return says of one child.
// Began, Ended and Code are what counts ask for; Details is the rest of the
// row, to be shown, already harmonised, without blanks.
type Fact struct {
	Kind    Kind
	Began   date.Date
	Ended   date.Date
	Code    string
	Details []Detail
}

// Detail is one named value of a fact. Name is the return's own column name.
type Detail struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Identity is what a row says of who the child is. It is kept apart from facts.
type Identity struct {
	BirthDate date.Date
	UPN       string
	Sex       string // M, F, U or empty
	Ethnicity string // four-letter DfE code or empty
}

// Row is one row of a return (or one Child element), read.
//
// Key names the row within its return, so that an amended return can be told
// from the first one: two deliveries of the same row have the same Key, even
// when other cells changed. Readers make it from Child and the fewest columns
// that tell rows apart; where two rows of one file would share a Key, the
// second gets "#2" and so on.
type Row struct {
	Key      string
	Child    string    // the authority's id of the child, as sent, spaces trimmed
	Identity *Identity // nil where the row says nothing of who the child is
	Facts    []Fact
	Sheet    string // sheet or element path where it stood; empty for a CSV
	Number   int    // 1-based row as a person sees it in the file (header = 1); for XML the ordinal of the Child
}
