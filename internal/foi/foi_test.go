package foi_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/foi"
)

const year = date.Date("2026-03-31")

func ids(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, id := range list {
		set[id] = true
	}
	return set
}

// numbers are the six of a group in the order of the JSON.
func numbers(t *testing.T, a foi.Answer, id string) [6]int {
	t.Helper()
	g, ok := a.Group(id)
	if !ok {
		t.Fatalf("no group %q", id)
	}
	var out [6]int
	for i, c := range cells(g) {
		out[i] = c.Value
	}
	return out
}

func cells(g foi.Group) []disclosure.Cell {
	return []disclosure.Cell{g.Children, g.WentMissing, g.MissingEpisodes, g.StillMissing, g.ChildrenAbsent, g.Absences}
}

func TestGroupsAreWithinTheBase(t *testing.T) {
	a := foi.Count(foi.Input{
		YearEnding: year, Source: foi.SourceSSDA903,
		LookedAfter: []string{"a", "b", "c", "d", "e", "a"},
		Identified:  ids("a", "b", "elsewhere"),
		Suspected:   ids("b", "c"), // b is identified, so not suspected as well
		UASC:        ids("b", "c", "d", "elsewhere"),
		Periods: []foi.Period{
			{"a", "M", "2025-06-01", "2025-06-03"},
			{"a", "M", "2025-07-01", ""},
			{"b", "M", "2025-06-01", "2025-06-02"},
			{"c", "A", "2025-06-01", "2025-06-02"},
			{"elsewhere", "M", "2025-06-01", ""},
			{"e", "M", "2025-06-01", ""}, // in no group
		},
	})
	if a.Base.LookedAfter != disclosure.Number(5) {
		t.Errorf("base = %v, want 5: a child given twice is one child", a.Base.LookedAfter)
	}
	for _, row := range []struct {
		id   string
		want [6]int
	}{
		{foi.Identified, [6]int{2, 2, 3, 1, 0, 0}},
		{foi.Suspected, [6]int{1, 0, 0, 0, 1, 1}},
		{foi.UASC, [6]int{3, 1, 1, 0, 1, 1}},
		{foi.Both, [6]int{2, 1, 1, 0, 1, 1}},
	} {
		if got := numbers(t, a, row.id); got != row.want {
			t.Errorf("%s = %v, want %v", row.id, got, row.want)
		}
	}
}

func TestPeriodsAtTheEdgesOfTheYear(t *testing.T) {
	for _, row := range []struct {
		p    foi.Period
		want [6]int
		why  string
	}{
		{foi.Period{"a", "M", "2025-03-20", "2025-03-31"}, [6]int{1, 0, 0, 0, 0, 0}, "over the day before the year"},
		{foi.Period{"a", "M", "2025-03-20", "2025-04-01"}, [6]int{1, 1, 1, 0, 0, 0}, "runs into the year"},
		{foi.Period{"a", "M", "2026-03-31", ""}, [6]int{1, 1, 1, 1, 0, 0}, "begins on the last day"},
		{foi.Period{"a", "M", "2026-04-01", ""}, [6]int{1, 0, 0, 0, 0, 0}, "begins the day after"},
		{foi.Period{"a", "M", "2026-03-01", "2026-03-31"}, [6]int{1, 1, 1, 0, 0, 0}, "back on the last day"},
		{foi.Period{"a", "M", "2026-03-01", "2026-04-01"}, [6]int{1, 1, 1, 1, 0, 0}, "back the day after"},
		{foi.Period{"a", "M", "2019-01-01", ""}, [6]int{1, 1, 1, 1, 0, 0}, "missing for years"},
		{foi.Period{"a", "A", "2026-03-31", ""}, [6]int{1, 0, 0, 0, 1, 1}, "an absence is not a missing period"},
		{foi.Period{"a", "M", "", "2025-06-01"}, [6]int{1, 0, 0, 0, 0, 0}, "no start: in no year"},
		{foi.Period{"a", "X", "2025-06-01", ""}, [6]int{1, 0, 0, 0, 0, 0}, "another code"},
	} {
		a := foi.Count(foi.Input{YearEnding: year, LookedAfter: []string{"a"}, Identified: ids("a"), Periods: []foi.Period{row.p}})
		if got := numbers(t, a, foi.Identified); got != row.want {
			t.Errorf("%s: %v, want %v", row.why, got, row.want)
		}
	}
}

func TestOnePeriodToldTwiceCountsOnce(t *testing.T) {
	for _, row := range []struct {
		second foi.Period
		want   [6]int
		why    string
	}{
		{foi.Period{"a", "M", "2026-03-01", "2026-03-09"}, [6]int{1, 1, 1, 0, 0, 0}, "the same"},
		{foi.Period{"a", "M", "2026-03-01", ""}, [6]int{1, 1, 1, 0, 0, 0}, "a known end holds against a blank"},
		{foi.Period{"a", "M", "2026-03-01", "2026-04-02"}, [6]int{1, 1, 1, 1, 0, 0}, "the later end holds"},
		{foi.Period{"a", "A", "2026-03-01", "2026-03-09"}, [6]int{1, 1, 1, 0, 1, 1}, "an absence is something else"},
		{foi.Period{"a", "M", "2026-03-02", "2026-03-09"}, [6]int{1, 1, 2, 0, 0, 0}, "another start is another period"},
	} {
		first := foi.Period{"a", "M", "2026-03-01", "2026-03-09"}
		for _, order := range [][]foi.Period{{first, row.second}, {row.second, first}} {
			a := foi.Count(foi.Input{YearEnding: year, LookedAfter: []string{"a"}, Identified: ids("a"), Periods: order})
			if got := numbers(t, a, foi.Identified); got != row.want {
				t.Errorf("%s: %v, want %v", row.why, got, row.want)
			}
		}
	}
}

func TestMembership(t *testing.T) {
	for _, row := range []struct {
		got, want bool
		why       string
	}{
		{foi.EpisodeInYear("2025-04-01", "", "C2", year), true, "begun on the first day"},
		{foi.EpisodeInYear("2026-03-31", "", "C2", year), true, "begun on the last day"},
		{foi.EpisodeInYear("2026-04-01", "", "C2", year), false, "begun after"},
		{foi.EpisodeInYear("2020-01-01", "2025-04-01", "C2", year), true, "ended on the first day"},
		{foi.EpisodeInYear("2020-01-01", "2025-03-31", "C2", year), false, "ended before"},
		{foi.EpisodeInYear("2025-05-01", "", "V3", year), false, "short breaks"},
		{foi.EpisodeInYear("2025-05-01", "", "V4", year), false, "short breaks"},
		{foi.EpisodeInYear("", "", "C2", year), false, "no start"},
		{foi.UASCInYear("", year), true, "not ceased"},
		{foi.UASCInYear("2025-04-01", year), true, "ceased on the first day"},
		{foi.UASCInYear("2025-03-31", year), false, "ceased before"},
		{foi.FactorInYear("2025-04-01", year), true, "first day"},
		{foi.FactorInYear("2026-03-31", year), true, "last day"},
		{foi.FactorInYear("2025-03-31", year), false, "before"},
		{foi.FactorInYear("2026-04-01", year), false, "after"},
		{foi.FactorInYear("", year), false, "still open"},
		{foi.ReferralOpen("", year), true, "not closed"},
		{foi.ReferralOpen("2025-04-01", year), true, "closed on the first day"},
		{foi.ReferralOpen("2025-03-31", year), false, "closed the day before"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %v, want %v", row.why, row.got, row.want)
		}
	}
}

func TestJSONIsTheAgreedOne(t *testing.T) {
	a := foi.Count(foi.Input{YearEnding: year, Source: foi.SourceSSDA903, Fictional: true, LookedAfter: []string{"a"}, Identified: ids("a")})
	a.Definitions = map[string]string{"base": "…"}
	got, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	zero := `"went_missing":0,"missing_episodes":0,"still_missing":0,"children_absent":0,"absences":0}`
	want := `{"year_ending":"2026-03-31","base":{"looked_after":1,"source":"ssda903","fictional":true},"groups":[` +
		`{"id":"identified","children":1,` + zero + `,{"id":"suspected","children":0,` + zero +
		`,{"id":"uasc","children":0,` + zero + `,{"id":"both","children":0,` + zero +
		`],"published":false,"suppressed":[],"definitions":{"base":"…"},"notes":[]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryNumberIsDefined(t *testing.T) {
	all := foi.Definitions()
	order := foi.DefinitionIDs()
	if len(order) != len(all) {
		t.Errorf("%d ids in order, %d definitions", len(order), len(all))
	}
	for _, id := range order {
		if len(all[id]) < 20 {
			t.Errorf("%s: %q says nothing", id, all[id])
		}
	}
	all["base"] = "spoilt"
	if foi.Definitions()["base"] == "spoilt" {
		t.Error("a caller can change the definitions for everybody")
	}
}

func TestSentences(t *testing.T) {
	in := foi.Input{YearEnding: year, Source: foi.SourceAnnexA, Fictional: true, Identified: ids(), UASC: ids()}
	for i := range 1200 {
		in.LookedAfter = append(in.LookedAfter, string(rune('a'+i%26))+strings.Repeat("x", i/26))
	}
	for _, child := range in.LookedAfter[:61] {
		in.Identified[child] = true
	}
	in.UASC[in.LookedAfter[0]] = true
	for _, child := range in.LookedAfter[:7] {
		in.Periods = append(in.Periods, foi.Period{child, "M", "2025-06-01", "2025-06-03"}, foi.Period{child, "M", "2025-07-01", "2025-07-03"})
	}
	text := foi.Sentences(foi.Count(in), "Fictionshire")
	for _, want := range []string{
		"In the year from 1 April 2025 to 31 March 2026, Fictionshire looked after 1,200 children.",
		"61 of them were identified as trafficked or as victims of modern slavery. Of these, 7 went missing, 14 times in all; none were still missing on 31 March 2026. None were away without authorisation.",
		"None of them were suspected to be exploited, and not among those identified.",
		"1 of them was both identified or suspected and unaccompanied. Of these, 1 went missing, 2 times in all; none were still missing on 31 March 2026. None were away without authorisation.",
		"These are exact numbers. Small ones can identify a child: they are not to be passed on.",
		"Everything here is fictional: the council, the children and the numbers were made up.",
	} {
		if !slices.Contains(text, want) {
			t.Errorf("nothing says %q in\n%s", want, strings.Join(text, "\n"))
		}
	}
}

// input is a random council: few children, so that every case comes up.
func input(t *rapid.T) foi.Input {
	in := foi.Input{YearEnding: year, Source: foi.SourceSSDA903, Identified: ids(), Suspected: ids(), UASC: ids()}
	likely := rapid.IntRange(1, 5).Draw(t, "likely")
	chance := func(what string) bool { return rapid.IntRange(0, 5).Draw(t, what) < likely }
	days := rapid.SampledFrom([]date.Date{"2025-03-31", "2025-04-01", "2025-09-09", "2026-03-31", "2026-04-01", ""})
	for i := range rapid.IntRange(0, 40).Draw(t, "children") {
		child := string(rune('A' + i))
		in.LookedAfter = append(in.LookedAfter, child)
		in.Identified[child], in.Suspected[child], in.UASC[child] = chance("identified"), chance("suspected"), chance("uasc")
		for range rapid.IntRange(0, 3).Draw(t, "periods") {
			in.Periods = append(in.Periods, foi.Period{child, rapid.SampledFrom([]string{"M", "M", "A"}).Draw(t, "code"), days.Draw(t, "began"), days.Draw(t, "ended")})
		}
	}
	return in
}

func TestWhatEveryAnswerKeepsTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := input(t)
		a := foi.Count(in)
		groups := map[string]foi.Group{}
		for _, g := range a.Groups {
			groups[g.ID] = g
			if g.StillMissing.Value > g.WentMissing.Value || g.WentMissing.Value > g.Children.Value ||
				g.MissingEpisodes.Value < g.WentMissing.Value || g.Absences.Value < g.ChildrenAbsent.Value {
				t.Errorf("%s contradicts itself: %+v", g.ID, g)
			}
		}
		exploited := groups[foi.Identified].Children.Value + groups[foi.Suspected].Children.Value
		if exploited > a.Base.LookedAfter.Value || groups[foi.Both].Children.Value > exploited {
			t.Error("identified and suspected overlap, or both is more than they are")
		}
		shuffled := in
		shuffled.Periods = slices.Clone(in.Periods)
		slices.Reverse(shuffled.Periods)
		if diff := cmp.Diff(a.Groups, foi.Count(shuffled).Groups); diff != "" {
			t.Error("the order of the periods matters:", diff)
		}
	})
}
