package foi_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
)

func TestAPublishedAnswerSaysWhatItKeepsBack(t *testing.T) {
	in := foi.Input{YearEnding: year, Source: foi.SourceSSDA903, Identified: ids("a", "b", "c"), UASC: ids()}
	for i := range 40 {
		in.LookedAfter = append(in.LookedAfter, string(rune('a'+i)))
	}
	a := foi.Published(foi.Count(in), disclosure.Default())
	if !slices.Equal(a.Suppressed, []string{"groups/identified/children"}) {
		t.Errorf("suppressed: %v", a.Suppressed)
	}
	data, err := json.Marshal(a)
	if err != nil || !strings.Contains(string(data), `"id":"identified","children":null`) {
		t.Errorf("the JSON does not hold null for a number that is kept back: %s (%v)", data, err)
	}
	text := strings.Join(foi.Sentences(a, "Fictionshire"), "\n")
	if !strings.Contains(text, "c of them were identified") || !strings.Contains(text, "c stands in their place") {
		t.Errorf("the letter does not say so:\n%s", text)
	}
	if again := foi.Published(a, disclosure.Default()); len(again.Suppressed) != 1 {
		t.Error("publishing twice changed the answer")
	}
}

// Where nobody has said who went missing, no letter may say that nobody did.
func TestMissingThatNobodyToldOfIsNotNone(t *testing.T) {
	in := foi.Input{YearEnding: year, Source: foi.SourceAnnexA, LookedAfter: []string{"a"}, Identified: ids("a"), NoMissing: true}
	for _, a := range []foi.Answer{foi.Count(in), foi.Published(foi.Count(in), disclosure.Default())} {
		g, _ := a.Group(foi.Identified)
		if g.WentMissing.String() != "x" || g.Absences.String() != "x" {
			t.Errorf("went missing shows as %s", g.WentMissing)
		}
		text := strings.Join(foi.Sentences(a, "Fictionshire"), "\n")
		if strings.Contains(text, "None of these went missing") || !strings.Contains(text, "is not known here") {
			t.Errorf("the letter says:\n%s", text)
		}
	}
}
