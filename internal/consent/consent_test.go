package consent_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stablefutures/internal/consent"
	"stablefutures/internal/date"
)

const today date.Date = "2026-11-24"

var sharing = consent.Matter{Purpose: consent.Sharing, Agency: "a1", Section: consent.Who}

// ledger is a random ledger over few matters, so that entries meet.
func ledger(t *rapid.T) []consent.Entry {
	n := rapid.IntRange(0, 12).Draw(t, "entries")
	list := make([]consent.Entry, n)
	for i := range list {
		e := consent.Entry{Number: i + 1, Matter: consent.Matter{Purpose: consent.Study}, Basis: rapid.SampledFrom(consent.Bases).Draw(t, "basis")}
		if rapid.Bool().Draw(t, "sharing") {
			e.Matter = consent.Matter{Purpose: consent.Sharing, Agency: rapid.SampledFrom([]string{"a1", "a2"}).Draw(t, "agency"), Section: rapid.SampledFrom(consent.Sections[:2]).Draw(t, "section")}
		}
		answers := []consent.Answer{consent.Agreed, consent.Declined, consent.Withdrawn}
		if e.Basis != consent.Consent {
			answers = []consent.Answer{consent.Applies, consent.NoLonger}
		}
		e.Answer = rapid.SampledFrom(answers).Draw(t, "answer")
		e.Expires = rapid.SampledFrom([]date.Date{"", today.AddDays(-1), today, today.AddDays(1)}).Draw(t, "expires")
		list[i] = e
	}
	return list
}

// What holds is what the last yes says: an entry after it, of the same matter and
// basis, or its last day, ends it; nothing else does.
func TestTheLatestAnswerCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := ledger(t)
		held := map[consent.Matter]map[consent.Basis]bool{}
		for _, e := range list { // played forward, as it was told
			if held[e.Matter] == nil {
				held[e.Matter] = map[consent.Basis]bool{}
			}
			held[e.Matter][e.Basis] = (e.Answer == consent.Agreed || e.Answer == consent.Applies) && (e.Expires == "" || e.Expires >= today)
		}
		shuffled := rapid.Permutation(list).Draw(t, "order")
		for _, agency := range []string{"a1", "a2"} {
			for _, section := range consent.Sections[:2] {
				m := consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: section}
				for _, basis := range consent.Bases {
					if got := consent.HoldsBy(shuffled, m, basis, today); got != held[m][basis] {
						t.Fatalf("%v by %s holds: %v, want %v", m, basis, got, held[m][basis])
					}
				}
				if got := consent.Holds(shuffled, consent.Sharing, agency, section, today); got != held[m][consent.Consent] {
					t.Fatalf("consent to %v holds: %v", m, got)
				}
			}
		}
	})
}

// A withdrawal, and a refusal, end a consent whatever was said before.
func TestAWithdrawalEndsWhatWasSaidBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := ledger(t)
		no := rapid.SampledFrom([]consent.Answer{consent.Withdrawn, consent.Declined}).Draw(t, "no")
		list = append(list, consent.Entry{Number: len(list) + 1, Matter: sharing, Basis: consent.Consent, Answer: no})
		if consent.Holds(list, sharing.Purpose, sharing.Agency, sharing.Section, today) {
			t.Fatal("it still holds")
		}
	})
}

// No other basis is ever taken for consent, nor consent for another basis.
func TestOtherBasesAreNotConsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := slices.DeleteFunc(ledger(t), func(e consent.Entry) bool { return e.Basis == consent.Consent })
		for _, e := range list {
			if consent.Holds(list, e.Purpose, e.Agency, e.Section, today) {
				t.Fatalf("%v holds as consent", e)
			}
		}
	})
}

// What has ended does not come back by waiting.
func TestExpiryIsForGood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := ledger(t)
		day := today.AddDays(rapid.IntRange(-3, 3).Draw(t, "day"))
		for _, e := range list {
			if !consent.HoldsBy(list, e.Matter, e.Basis, day) && consent.HoldsBy(list, e.Matter, e.Basis, day.AddDays(1)) {
				t.Fatalf("%v came back", e)
			}
		}
	})
}

func TestCurrentIsTheLatestOfEachMatterAndBasis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := ledger(t)
		seen := map[consent.Matter]map[consent.Basis]bool{}
		for _, e := range consent.Current(list) {
			if seen[e.Matter] == nil {
				seen[e.Matter] = map[consent.Basis]bool{}
			}
			if seen[e.Matter][e.Basis] {
				t.Fatalf("%v stands twice", e)
			}
			seen[e.Matter][e.Basis] = true
		}
		for _, e := range list {
			if !seen[e.Matter][e.Basis] {
				t.Fatalf("%v is missing", e)
			}
		}
	})
}

func TestWhatCannotBeRecorded(t *testing.T) {
	good := consent.Entry{Matter: sharing, Basis: consent.Consent, Answer: consent.Agreed, How: consent.Spoken, Language: "Tigrinya", AskedOn: today}
	duty := consent.Entry{Matter: sharing, Basis: consent.LegalObligation, Answer: consent.Applies, AskedOn: today, Remark: "Section 52."}
	for _, e := range []consent.Entry{good, duty} {
		if wrong := consent.Check(e, today); len(wrong) > 0 {
			t.Fatalf("%v: %v", e, wrong)
		}
	}
	study := func(e *consent.Entry) { e.Matter = consent.Matter{Purpose: consent.Study} }
	for name, c := range map[string]struct {
		field string
		of    consent.Entry
		spoil func(*consent.Entry)
	}{
		"no purpose":                 {"purpose", good, func(e *consent.Entry) { e.Purpose = "" }},
		"sharing with nobody":        {"agency", good, func(e *consent.Entry) { e.Agency = "" }},
		"no section":                 {"section", good, func(e *consent.Entry) { e.Section = "all" }},
		"no basis":                   {"basis", good, func(e *consent.Entry) { e.Basis = "" }},
		"consent that applies":       {"answer", good, func(e *consent.Entry) { e.Answer = consent.Applies }},
		"nobody knows how":           {"how", good, func(e *consent.Entry) { e.How = "" }},
		"nobody knows which tongue":  {"language", good, func(e *consent.Entry) { e.Language = "" }},
		"asked tomorrow":             {"asked-on", good, func(e *consent.Entry) { e.AskedOn = today.AddDays(1) }},
		"no day":                     {"asked-on", good, func(e *consent.Entry) { e.AskedOn = "" }},
		"over before it began":       {"expires-on", good, func(e *consent.Entry) { e.Expires = today.AddDays(-1) }},
		"an obligation that agreed":  {"answer", duty, func(e *consent.Entry) { e.Answer = consent.Agreed }},
		"an obligation without why":  {"remark", duty, func(e *consent.Entry) { e.Remark = "" }},
		"the study as an obligation": {"basis", duty, study},
		"the study of an agency":     {"purpose", good, func(e *consent.Entry) { e.Purpose = consent.Study }},
	} {
		e := c.of
		c.spoil(&e)
		wrong := consent.Check(e, today)
		if !slices.ContainsFunc(wrong, func(p consent.Problem) bool { return p.Field == c.field && p.Message != "" }) {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

// Every value that is stored has its words.
func TestEveryValueHasItsWords(t *testing.T) {
	for _, b := range consent.Bases {
		if b.Label() == "" || b.Says() == "" {
			t.Errorf("%s has no words", b)
		}
	}
	for _, s := range consent.Sections {
		if s.Label() == "" || s.Plain() == "" {
			t.Errorf("%s has no words", s)
		}
	}
	for _, h := range consent.Hows {
		if h.Label() == "" {
			t.Errorf("%s has no words", h)
		}
	}
}
