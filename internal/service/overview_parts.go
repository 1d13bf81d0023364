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
	year := "in the year to " + o.Year.Long()
	types := Breakdown{Title: "Exploitation type", Base: "register", Of: onRegister}
	for _, t := range register.TypeGroups() {
		types.Lines = append(types.Lines, Line{"type/" + t.ID, t.Label})
	}
	stages := Breakdown{Title: "How far the NRM has come", Base: "register", Of: onRegister}
	for _, id := range stageIDs() {
		stages.Lines = append(stages.Lines, Line{"stage/" + id, register.Stage(id).Label()})
	}
	waiting := Breakdown{Title: "Waiting for a decision", Base: "register", Of: onRegister}
	for _, b := range register.WaitingBands {
		waiting.Lines = append(waiting.Lines, Line{"waiting/" + b.ID, "For " + b.What + ": " + lowerFirst(b.Label)})
	}
	waiting.Lines = append(waiting.Lines, Line{"waiting/none", "Not waiting, or since a day that is not known"})
	return []Breakdown{
		types, stages, waiting,
		{Title: "Last conversation", Base: "register", Of: onRegister, Lines: []Line{
			{"talk/6-months", "In the last 6 months"}, {"talk/12-months", "6 to 12 months ago"}, {"talk/earlier", "Longer ago"}, {"talk/never", "None yet"}}},
		{Title: "Missing " + year, Base: "register", Of: onRegister, Lines: []Line{
			{"missing/went", "Went missing at least once"}, {"missing/not", "Did not, as far as the return says"}}},
		{Title: "Took part in their reviews " + year + ": on the register", Base: "reviews-register", Of: "reviews of those on the register", Lines: reviewLines("register")},
		{Title: "Took part in their reviews " + year + ": all other children looked after", Base: "reviews-others", Of: "reviews of the others", Lines: reviewLines("others")},
	}
}

func reviewLines(who string) []Line {
	return []Line{{"review-" + who + "/took-part", "Took part (PN1, 2, 3, 5, 6)"}, {"review-" + who + "/did-not", "Did not (PN4, PN7)"}}
}

func lowerFirst(text string) string { return string(text[0]|0x20) + text[1:] }

// Limits say who is not counted, in plain words.
func (o Overview) Limits() []string {
	return []string{
		"Counted are young people who are on the register today and whose entry is not closed; two records that a person linked are one young person.",
		"Not counted: who left the register, and who is in no register entry, even where a return says that they were exploited.",
		"A latest reading is what the young person said last, on an outcome’s indicators together: the middle answer of that day, the lower of two. “Does not want to say”, “does not know” and “not part of my life” are not answers, and none of them is a low one.",
		"Voices are called apart where the worker’s latest answer and the young person’s differ by two steps or more.",
		"Reviews of children under four (PN0) are left out.",
	}
}
