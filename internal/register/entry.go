// Package register holds what a council records of exploitation and the
// National Referral Mechanism (NRM): referral, reasonable grounds, conclusive
// grounds, exploitation types, guardian; and the state "suspected, not
// referred". It speaks the vocabulary of the NRM digital referral form.
//
// No SQL and no pages belong here; the list of fields drives the template, the
// page and the checks alike.
package register

// State says whether the child was referred to the NRM. Values are stored.
type State string

const (
	Referred  State = "referred"
	Suspected State = "suspected"
)

// Entry is one version of one child's register entry: the value of each field
// by the field's id. Days are YYYY-MM-DD, choices are option ids, lists are
// option ids or words joined by "; ". A field without a value is absent.
type Entry map[string]string
