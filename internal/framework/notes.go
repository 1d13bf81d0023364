package framework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mostHard is how many texts that are hard to read are told one by one.
const mostHard = 10

// Notes are what is worth knowing of an edition that keeps all rules: texts for
// young people that are hard to read, the hardest first, and how many texts nobody
// has reviewed. What is said of all texts together stands at "texts".
func Notes(e *Edition) Problems {
	type hard struct {
		where, text string
		age         float64
	}
	var found []hard
	unreviewed, all := 0, 0
	e.eachText(func(where string, audience Audience, tag string, t Text) {
		all++
		if t.Review == "none" {
			unreviewed++
		}
		sentence := len(strings.Fields(t.Text)) > 2 // the measure means nothing for a word or two
		if age := ReadingAge(t.Text); audience == YoungPerson && sameBase(tag, "en") && sentence && age > HardestReadingAge {
			found = append(found, hard{where, t.Text, age})
		}
	})
	slices.SortStableFunc(found, func(a, b hard) int { return cmp.Compare(b.age, a.age) })
	var notes Problems
	for _, h := range found[:min(len(found), mostHard)] {
		notes = append(notes, Problem{h.where, fmt.Sprintf("%s is hard to read: %s; aim at the age of 9. Shorten the sentence, or use simpler words.", quoted(h.text), readerOf(h.age))})
	}
	if more := found[len(notes):]; len(more) > 0 {
		var where []string
		for _, h := range more {
			where = append(where, strings.TrimSuffix(h.where, ", wording for "+audienceWords[YoungPerson]))
		}
		notes = append(notes, Problem{"hard to read too", fmt.Sprintf("%d more: %s", len(more), strings.Join(where, "; "))})
	}
	if unreviewed > 0 {
		notes = append(notes, Problem{"texts", fmt.Sprintf("%d of %d were reviewed by nobody yet", unreviewed, all)})
	}
	return notes
}

// readerOf says who can be expected to read a text of a reading age. The formula
// has no upper end: a sentence of long words gives ages that nobody reaches.
func readerOf(age float64) string {
	if age >= 18 {
		return "it takes an adult who reads well"
	}
	return fmt.Sprintf("it takes a reader of about %.0f", age)
}

// eachText calls do with every text of an edition, in its order. Texts that are
// the same for everybody have no audience; a prompt is said to young people.
func (e *Edition) eachText(do func(where string, audience Audience, tag string, t Text)) {
	texts := func(where string, audience Audience, texts Texts) {
		for _, l := range e.Languages {
			if t, ok := texts[l.Tag]; ok {
				do(where, audience, l.Tag, t)
			}
		}
	}
	wording := func(where string, w Wording) {
		for _, audience := range []Audience{YoungPerson, Practitioner} {
			texts(where+", wording for "+audienceWords[audience], audience, w[audience])
		}
	}
	texts("title", "", e.Title)
	texts("notice", "", e.Notice)
	texts("prompt", YoungPerson, e.Prompt)
	for _, a := range e.Scale.Answers {
		wording(fmt.Sprintf("answer %d", a.Value), a.Title)
	}
	for _, s := range e.Scale.States {
		wording("state "+s.ID, s.Title)
	}
	for _, p := range e.Principles {
		wording("principle "+p.ID, p.Title)
		for _, o := range p.Outcomes {
			texts("outcome "+o.ID+", short", "", o.Short)
			wording("outcome "+o.ID, o.Title)
			texts("outcome "+o.ID+", prompt", YoungPerson, o.Prompt)
			for _, i := range o.Indicators {
				wording("indicator "+i.ID, i.Title)
			}
		}
	}
}
