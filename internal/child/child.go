// Package child holds who a young person is: the reference by which they are
// known, and what each source says of their identity. It decides which source
// is believed and when two records may be one person.
//
// What is known of their life (care, register, conversations) does not live
// here; neither do SQL and pages.
package child

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"stablefutures/internal/date"

	"golang.org/x/text/unicode/norm"
)

// Child is one identifier of the authority, or one young person added by hand.
// Record is the child whose record shows this one: its own ID until a person
// says that two are the same young person.
type Child struct {
	ID        string
	Reference string // what people call the record: K7P4-TM
	LAID      string // the authority's id in its returns; empty where in none
	Record    string
	Team      string // that works with the young person; empty for none yet
	CreatedAt time.Time
	CreatedBy string // account; empty where a file brought the child
}

// Sources of identity that are not returns.
const (
	ByHand         = "person"
	ByRegisterFile = "template/register"
)

// Identity is what one source says of who a child is. Empty fields are unknown.
type Identity struct {
	Child      string
	Source     string // ByHand, ByRegisterFile, or a return: "ssda903/header 2026-03-31"
	Name       string
	BirthDate  date.Date
	Sex        string // M, F, U
	Ethnicity  string // four-letter DfE code
	UPN        string
	RecordedAt time.Time
	RecordedBy string
}

// Same tells whether two identities say the same of a child.
func (i Identity) Same(other Identity) bool {
	return i.Name == other.Name && i.BirthDate == other.BirthDate && i.Sex == other.Sex &&
		i.Ethnicity == other.Ethnicity && i.UPN == other.UPN
}

// Empty tells whether the identity says nothing.
func (i Identity) Empty() bool { return i.Same(Identity{}) }

// Believed puts together what the sources say, field by field: what a person
// entered first, then the register file, then returns by their year, the latest first.
// Fields that no source knows stay empty.
func Believed(sources []Identity) Identity {
	ordered := slices.Clone(sources)
	slices.SortStableFunc(ordered, func(a, b Identity) int { return strings.Compare(rank(b.Source), rank(a.Source)) })
	var out Identity
	for _, s := range ordered {
		fill(&out.Name, s.Name)
		if !out.BirthDate.Known() {
			out.BirthDate = s.BirthDate
		}
		if out.Sex == "" || out.Sex == "U" {
			fill(&out.Sex, strings.TrimPrefix(s.Sex, "U"))
		}
		fill(&out.Ethnicity, s.Ethnicity)
		fill(&out.UPN, s.UPN)
	}
	return out
}

// rank orders sources: the higher text is believed first. A return ends in the
// last day of its year, so that later years rank higher.
func rank(source string) string {
	switch source {
	case ByHand:
		return "3"
	case ByRegisterFile:
		return "2"
	}
	if at := strings.LastIndexByte(source, ' '); at >= 0 {
		return "1 " + source[at+1:] + source[:at]
	}
	return "1"
}

func fill(field *string, value string) {
	if *field == "" {
		*field = value
	}
}

// Fold is a name as it is searched: without marks, case, and double spaces, so
// that "Nguyễn  Thị" is found by "nguyen thi".
func Fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ReplaceAll(strings.ReplaceAll(name, "đ", "d"), "Đ", "D")) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// NormalReference is a reference as typed, in the form in which it is kept.
func NormalReference(typed string) string {
	t := strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	if len(t) == 6 && !strings.Contains(t, "-") {
		t = t[:4] + "-" + t[4:]
	}
	return t
}

// MatchReason is why two records may be one young person. Values are stored.
type MatchReason string

const (
	SameUPN   MatchReason = "upn"
	SameBirth MatchReason = "birth-sex-ethnicity"
	SameName  MatchReason = "name"
	ByPerson  MatchReason = "person"
)

// Likely tells whether two believed identities may be one young person, and why.
// It is only ever a question to a person: dates of birth of unaccompanied
// children are often estimated, so that many share one.
func Likely(a, b Identity) (MatchReason, bool) {
	switch {
	case realUPN(a.UPN) && a.UPN == b.UPN:
		return SameUPN, true
	case a.BirthDate.Known() && a.BirthDate == b.BirthDate && a.Sex != "" && a.Sex != "U" && a.Sex == b.Sex &&
		knownEthnicity(a.Ethnicity) && a.Ethnicity == b.Ethnicity:
		return SameBirth, true
	case Fold(a.Name) != "" && Fold(a.Name) == Fold(b.Name) && (a.BirthDate == b.BirthDate || !a.BirthDate.Known() || !b.BirthDate.Known()):
		return SameName, true
	}
	return "", false
}

// realUPN leaves out the codes that stand for "no UPN" (UN1 to UN7).
func realUPN(upn string) bool { return len(upn) == 13 }

// knownEthnicity leaves out refused, not obtained and unknown.
func knownEthnicity(code string) bool {
	return code != "" && code != "REFU" && code != "NOBT" && code != "UNKNOWN"
}
