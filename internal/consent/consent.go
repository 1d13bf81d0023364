// Package consent is what a young person agreed to, did not agree to, and took back:
// for which purpose, to which agency and for which section of their record. Whatever
// else the law lets a council share on is kept beside it, as what it is.
//
// Entries are never changed. What holds is worked out from all of them, so that it can
// be shown who asked what and when. Who may see a record, and what a section holds, do
// not belong here.
package consent

import "stablefutures/internal/date"

// Purpose is what a young person is asked about. Values are stored.
type Purpose string

const (
	Sharing Purpose = "sharing" // one section of the record, with one agency
	Study   Purpose = "study"   // to be counted in figures of the study
)

// Purposes are all purposes, in the order in which they are shown.
var Purposes = []Purpose{Sharing, Study}

// Basis is the ground in law on which something is shared. Values are stored.
type Basis string

const (
	Consent         Basis = "consent"
	VitalInterests  Basis = "vital-interests"
	LegalObligation Basis = "legal-obligation"
	PublicTask      Basis = "public-task"
)

// Bases are all bases, consent first.
var Bases = []Basis{Consent, VitalInterests, LegalObligation, PublicTask}

var basisLabels = map[Basis]string{Consent: "Consent", VitalInterests: "Vital interests", LegalObligation: "Legal obligation", PublicTask: "Public task"}

// Label is the basis in words.
func (b Basis) Label() string { return basisLabels[b] }

var basisSays = map[Basis]string{
	Consent:         "The young person was asked, and agreed.",
	VitalInterests:  "Somebody’s life is in danger. The young person was not asked, or did not agree.",
	LegalObligation: "The law obliges the council to share. The young person does not decide it.",
	PublicTask:      "The council needs to share for a task that the law gives it. The young person does not decide it.",
}

// Says is what the basis means, in plain words.
func (b Basis) Says() string { return basisSays[b] }

// Answer is what an entry says. Values are stored.
type Answer string

const (
	Agreed    Answer = "agreed"
	Declined  Answer = "not-agreed"
	Withdrawn Answer = "withdrawn" // agreed before, and took it back
	Applies   Answer = "applies"   // of a basis that is not consent
	NoLonger  Answer = "no-longer" // of a basis that is not consent
)

var answerLabels = map[Answer]string{Agreed: "Agreed", Declined: "Did not agree", Withdrawn: "Withdrew", Applies: "Applies", NoLonger: "No longer applies"}

// Label is the answer in words.
func (a Answer) Label() string { return answerLabels[a] }

// Yes tells whether something may be done while this answer is the latest.
func (a Answer) Yes() bool { return a == Agreed || a == Applies }

// How is how a young person was asked. Values are stored.
type How string

const (
	Spoken      How = "spoken"
	Interpreted How = "interpreter"
	Written     How = "written"
	Pictures    How = "pictures"

	// OwnPage: nobody asked them; they took it back themselves, on their own page.
	OwnPage How = "own-page"
)

// Hows are all ways of asking.
var Hows = []How{Spoken, Interpreted, Written, Pictures}

var howLabels = map[How]string{Spoken: "Spoken", Interpreted: "Spoken, with an interpreter", Written: "In writing", Pictures: "With pictures", OwnPage: "By themselves, on their own page"}

// Label is the way of asking in words.
func (h How) Label() string { return howLabels[h] }

// Matter is what an entry is about: entries of one matter and one basis follow one
// another. Agency and section are empty where the purpose is not sharing.
type Matter struct {
	Purpose Purpose
	Agency  string
	Section Section
}

// Entry is one row of the ledger. It is never changed.
type Entry struct {
	ID     string
	Number int // place in the ledger: of two entries the later one has the higher number, whatever a clock says
	Matter
	Basis    Basis
	Answer   Answer
	How      How    // of consent
	Language string // of consent: the language in which it was asked
	AskedOn  date.Date
	Expires  date.Date // last day on which it holds; empty where it has no end
	Replaces string    // entry that was the latest of this matter and basis before
	Remark   string    // in the words of whoever recorded it
}

// HoldsOn tells whether the entry, as the latest of its matter and basis, lets
// something be done on a day: an expiry ends it by itself.
func (e Entry) HoldsOn(day date.Date) bool {
	return e.Answer.Yes() && (!e.Expires.Known() || e.Expires >= day)
}

// Latest is the entry of a matter and basis that counts; false where there is none.
func Latest(list []Entry, m Matter, basis Basis) (latest Entry, ok bool) {
	for _, e := range list {
		if e.Matter == m && e.Basis == basis && (!ok || e.Number > latest.Number) {
			latest, ok = e, true
		}
	}
	return latest, ok
}

// HoldsBy tells whether something may be done on one basis on a day. A share rests on
// one basis: where that ends, another does not silently take its place.
func HoldsBy(list []Entry, m Matter, basis Basis, day date.Date) bool {
	e, ok := Latest(list, m, basis)
	return ok && e.HoldsOn(day)
}

// Holds tells whether a young person's consent to a purpose, an agency and a section
// holds on a day: nothing but their own consent counts.
func Holds(list []Entry, purpose Purpose, agency string, section Section, day date.Date) bool {
	return HoldsBy(list, Matter{purpose, agency, section}, Consent, day)
}

// Current are the latest entries of every matter and basis, in the order of the ledger.
func Current(list []Entry) []Entry {
	var current []Entry
	for _, e := range list {
		if latest, _ := Latest(list, e.Matter, e.Basis); latest.Number == e.Number {
			current = append(current, e)
		}
	}
	return current
}
