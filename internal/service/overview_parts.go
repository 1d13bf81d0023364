package service

import "stablefutures/internal/register"

// Breakdown splits those on the register, or reviews, into lines that add up to
// its base.
type Breakdown struct {
	Title string
	Base  string // id of the number that the lines are parts of
	Of    string // what the base is, in words
	Lines []Line
}

// Line is one number of a breakdown.
type Line struct{ ID, Label string }

// Breakdowns are the tables of the overview beside those of the outcomes.
func (o Overview) Breakdowns() []Breakdown {
	const onRegister = "on the register"
	state := Breakdown{Title: "Referred or suspected", Base: "register", Of: onRegister, Lines: []Line{
		{"referred", "Referred to the NRM"}, {"stage/suspected", register.StageSuspected.Label()}}}
	types := Breakdown{Title: "Exploitation type", Base: "register", Of: onRegister}
	for _, t := range register.TypeGroups() {
		types.Lines = append(types.Lines, Line{"type/" + t.ID, t.Label})
	}
	stages := Breakdown{Title: "How far the NRM has come", Base: "referred", Of: "referred"}
	for _, id := range referredStages() {
		stages.Lines = append(stages.Lines, Line{"stage/" + id, register.Stage(id).Label()})
	}
	return []Breakdown{
		state, types, stages, waitingFor(register.StageWaitingReasonable), waitingFor(register.StageWaitingConclusive),
		{Title: "Last conversation", Base: "register", Of: onRegister, Lines: []Line{
			{"talk/6-months", "In the last 6 months"}, {"talk/12-months", "6 to 12 months ago"}, {"talk/earlier", "Longer ago"}, {"talk/never", "None yet"}}},
	}
}

// waitingFor is since when those at a stage wait for the decision.
func waitingFor(stage register.Stage) Breakdown {
	b := Breakdown{Title: stage.Label(), Base: "stage/" + string(stage), Of: "waiting for it"}
	labels := map[string]string{noDay(stage): "Since a day that is not known"}
	for _, band := range register.WaitingBands {
		labels["waiting/"+band.ID] = band.Label
	}
	for _, id := range waitingIDs(stage) {
		b.Lines = append(b.Lines, Line{id, labels[id]})
	}
	return b
}

// Reviews are who took part in the reviews of the year, where they were read.
func (o Overview) Reviews() []Breakdown {
	var list []Breakdown
	for _, who := range []struct{ id, title, of string }{
		{"register", "Of those on the register today", "reviews of those on the register today"},
		{"others", "Of all other children looked after", "reviews of all other children looked after"},
	} {
		if _, told := o.cells["reviews-"+who.id]; told {
			list = append(list, Breakdown{Title: who.title, Base: "reviews-" + who.id, Of: who.of, Lines: reviewLines(who.id)})
		}
	}
	return list
}

func reviewLines(who string) []Line {
	return []Line{{"review-" + who + "/took-part", "Took part (PN1, 2, 3, 5, 6)"}, {"review-" + who + "/did-not", "Did not (PN4, PN7)"}}
}

// Limits say who is counted and who is not, and what the words mean.
func (o Overview) Limits() []string {
	return []string{
		"Identified, suspected and missing are counted as in the answer for the year: of the children looked after in it.",
		"Everything else but the reviews is of the young people who are on the register today and whose entry is not closed; two records that a person linked are one young person.",
		"Not counted: who left the register, and who is in no register entry, even where a return says that they were exploited.",
		"A latest reading is what the young person said last, on an outcome’s indicators together: the middle answer of that day, the lower of two. “Does not want to say”, “does not know” and “not part of my life” are not answers, and none of them is a low one.",
		"Since their first is of everybody who ever answered: also of those who last said that they do not know, do not want to say, or that it is not part of their life. Who answered on one day only has not moved.",
		"Voices apart is of those who answer now on an indicator on which the worker answers now as well; apart are two steps or more. Of an outcome, the indicator on which the two are furthest apart counts.",
		"Reviews of children under four (PN0) are left out. Reviews of one child are alike, so that the interval is narrower than it should be.",
	}
}
