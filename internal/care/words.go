package care

import (
	"strings"

	"stablefutures/internal/date"
)

// Label names what a fact of this kind is about, in plain words.
func (k Kind) Label() string {
	if words, ok := kindLabels[k]; ok {
		return words
	}
	return strings.ReplaceAll(string(k), "-", " ")
}

var kindLabels = map[Kind]string{
	Person: "Who the young person is", Episode: "Looked after", Missing: "Missing or away", Review: "Review",
	Uasc: "Unaccompanied asylum-seeking child", Health: "Health", CareLeaver: "Care leaver", Adoption: "Adoption",
	PlacedForAdoption: "Placed for adoption", PreviousPermanence: "Permanence before", SocialWorker: "Change of social worker",
	LibertyOrder: "Deprivation of liberty order", Referral: "Referral to children’s services", Assessment: "Assessment",
	Factor: "Factor found by an assessment", InNeedPlan: "Child in need plan", InNeed: "Child in need",
	Section47: "Child protection enquiry (section 47)", ProtectionPlan: "Child protection plan",
	PreProceedings: "Pre-proceedings", LookedAfter: "Looked after", MissingInLastYear: "Missing and absent in the last 12 months",
}

// Words say a fact in a few plain words, without its days: "Looked after: full
// care order, foster placement". A code that is not known stands as it is.
func (f Fact) Words() string {
	switch f.Kind {
	case Missing:
		return words(codesMissing, f.Code, f.Kind.Label())
	case Review:
		return with(f.Kind.Label(), words(codesReview, f.Code, ""))
	case Episode:
		return with(f.Kind.Label(), words(codesLegal, f.Code, ""), words(codesPlace, f.detail("PLACE"), ""))
	case LookedAfter:
		return with(f.Kind.Label(), words(codesLegal, f.Code, ""), words(codesPlace, f.detail("Placement Type"), ""))
	}
	if set, ok := codesOfKind[f.Kind]; ok {
		return with(f.Kind.Label(), words(set, f.Code, ""))
	}
	return with(f.Kind.Label(), f.Code)
}

// codesOfKind are the meanings of Code where Words needs no more than them.
var codesOfKind = map[Kind]map[string]string{
	Person: codesSex, Uasc: codesSex, CareLeaver: codesTouch, PreviousPermanence: codesPermanence, SocialWorker: codesWorker,
	Referral: codesSource, Factor: codesFactor, InNeed: codesNeed, ProtectionPlan: codesAbuse,
}

func (f Fact) detail(name string) string {
	for _, d := range f.Details {
		if strings.EqualFold(d.Name, name) {
			return d.Value
		}
	}
	return ""
}

// with joins a heading and what is known of it.
func with(heading string, known ...string) string {
	var parts []string
	for _, k := range known {
		if k != "" {
			parts = append(parts, k)
		}
	}
	if len(parts) == 0 {
		return heading
	}
	return heading + ": " + strings.Join(parts, ", ")
}

// words are the words of a code, the code itself where it is not known, and
// orElse where there is none.
func words(set map[string]string, code, orElse string) string {
	if code == "" {
		return orElse
	}
	if text, ok := set[code]; ok {
		return text
	}
	return code
}

// Label is the name of a detail in plain words: the return's short names are
// spelt out, and a name that says itself what it is stands as it is.
func (d Detail) Label() string {
	if known, ok := detailNames[d.Name]; ok {
		return known.label
	}
	return d.Name
}

// Words are the value in plain words: codes spelt out, days as 31 March 2026,
// several values one after another.
func (d Detail) Words() string {
	set := detailCodes(d.Name)
	var list []string
	for value := range strings.SplitSeq(d.Value, "; ") {
		if day, err := date.Parse(value); err == nil {
			value = day.Long()
		} else if text, ok := set[value]; ok {
			value = text
		}
		list = append(list, value)
	}
	return strings.Join(list, "; ")
}

// detailCodes are the codes that a detail may hold: by its short name, or by
// words in the long headings of Annex A.
func detailCodes(name string) map[string]string {
	if known, ok := detailNames[name]; ok {
		return known.codes
	}
	lower := strings.ToLower(name)
	for _, h := range headings {
		if strings.Contains(lower, h.words) {
			return h.codes
		}
	}
	return codesYesNo
}

var headings = []struct {
	words string
	codes map[string]string
}{
	{"legal status", codesLegal}, {"category of need", codesNeed}, {"primary need", codesNeed}, {"placement type", codesPlace},
	{"placement provider", codesProvider}, {"reason ceased", codesCeased}, {"reason for closure", codesClosure},
	{"referral source", codesSource}, {"category of abuse", codesAbuse}, {"in touch", codesTouch}, {"activity", codesActivity},
	{"type of accommodation", codesAccommodation}, {"ethnicity", codesEthnic}, {"gender", codesSex},
}

// SexLabel is a sex as the returns code it, in words; empty where it is empty.
func SexLabel(code string) string { return words(codesSex, code, "") }

// EthnicityLabel is a four-letter code of the DfE in words; empty where it is empty.
func EthnicityLabel(code string) string { return words(codesEthnic, code, "") }

// Ethnicities are the codes of ethnicity in the order in which forms offer them.
func Ethnicities() []string { return strings.Fields(ethnicOrder) }

// Sexes are the codes of sex in the order in which forms offer them.
func Sexes() []string { return []string{"F", "M", "U"} }

// ReturnLabel names a return by its kind ("ssda903/missing") as its makers know it.
func ReturnLabel(kind string) string {
	family, part, _ := strings.Cut(kind, "/")
	part = strings.ReplaceAll(part, "-", " ")
	switch family {
	case "ssda903":
		return "SSDA903, " + part
	case "annex-a":
		return "Annex A, " + part
	case "cin-census":
		return "CIN census"
	case "template":
		return "our " + part + " file"
	}
	return kind
}
