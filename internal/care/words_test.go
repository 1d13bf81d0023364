package care_test

import (
	"testing"

	"stablefutures/internal/care"
)

func TestFactsInPlainWords(t *testing.T) {
	for _, row := range []struct {
		why  string
		fact care.Fact
		want string
	}{
		{"an episode says its legal status and placement", care.Fact{Kind: care.Episode, Code: "C2", Details: []care.Detail{{Name: "PLACE", Value: "U6"}}}, "Looked after: full care order, foster care"},
		{"missing is not the same as away", care.Fact{Kind: care.Missing, Code: "A"}, "Away from placement without authorisation"},
		{"a factor is named, not numbered", care.Fact{Kind: care.Factor, Code: "12A"}, "Factor found by an assessment: trafficking"},
		{"a code that nobody knows stands as it is", care.Fact{Kind: care.Referral, Code: "77"}, "Referral to children’s services: 77"},
		{"a fact without a code says its kind", care.Fact{Kind: care.Section47}, "Child protection enquiry (section 47)"},
		{"a kind of a later version is readable", care.Fact{Kind: "family-meeting"}, "family meeting"},
	} {
		if got := row.fact.Words(); got != row.want {
			t.Errorf("%s: %q, want %q", row.why, got, row.want)
		}
	}
}

func TestDetailsInPlainWords(t *testing.T) {
	for _, row := range []struct{ why, name, value, label, want string }{
		{"a short name and a code are spelt out", "REC", "E8", "Why the episode ended", "any other reason, also when still missing"},
		{"a flag is yes or no", "TEETH_CHECK", "1", "Teeth checked", "Yes"},
		{"a score is no flag", "SDQ_SCORE", "1", "Strengths and difficulties score", "1"},
		{"days are written out, one after another", "CPPreviewDate", "2026-01-05; 2026-02-06", "Reviews of the plan", "5 January 2026; 6 February 2026"},
		{"a heading of Annex A says itself what it is", "Child's Category of Need", "N8", "Child's Category of Need", "absent parenting"},
		{"accommodation holds where and whether it suits", "ACCOM", "U2", "Accommodation", "independent living, unsuitable"},
		{"text stands as it is", "Placement distance band", "elsewhere", "Placement distance band", "elsewhere"},
	} {
		d := care.Detail{Name: row.name, Value: row.value}
		if d.Label() != row.label || d.Words() != row.want {
			t.Errorf("%s: %q = %q, want %q = %q", row.why, d.Label(), d.Words(), row.label, row.want)
		}
	}
}

func TestEveryEthnicityOfferedHasWords(t *testing.T) {
	for _, code := range care.Ethnicities() {
		if care.EthnicityLabel(code) == code {
			t.Errorf("ethnicity %s is offered without words", code)
		}
	}
}

func TestReturnsByName(t *testing.T) {
	for kind, want := range map[string]string{
		"ssda903/placed-adoption": "SSDA903, placed adoption", "annex-a/list-8": "Annex A, list 8", "cin-census": "CIN census",
		"template/register": "our register file", "something-new": "something-new",
	} {
		if got := care.ReturnLabel(kind); got != want {
			t.Errorf("ReturnLabel(%q) = %q, want %q", kind, got, want)
		}
	}
}
