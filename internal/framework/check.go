package framework

import (
	"fmt"
	"slices"
	"strings"
)

// Check gives everything in which an edition breaks a rule that its schema
// cannot express: ids that occur twice, languages that are used and not named,
// texts that the source language lacks, a scale that is not 1 to 5.
func Check(e *Edition) Problems {
	c := &checker{ids: map[string]string{}, source: e.Language()}
	for _, l := range e.Languages {
		if slices.Contains(c.languages, l.Tag) {
			c.say("languages", "%s is named twice", l.Tag)
		}
		c.languages = append(c.languages, l.Tag)
	}
	c.texts("title", e.Title)
	c.texts("notice", e.Notice)
	c.scale(e.Scale)
	for _, p := range e.Principles {
		where := "principle " + p.ID
		c.id(where, "principle/"+p.ID)
		c.wording(where, p.Title)
		for _, o := range p.Outcomes {
			c.outcome(o)
		}
	}
	return c.faults
}

type checker struct {
	faults    Problems
	ids       map[string]string // what has an id already, by id
	languages []string
	source    string
}

func (c *checker) say(where, format string, args ...any) {
	c.faults = append(c.faults, Problem{where, fmt.Sprintf(format, args...)})
}

func (c *checker) id(where, id string) {
	if first, taken := c.ids[id]; taken {
		c.say(where, "its id is that of %s too: give one of them another", first)
		return
	}
	c.ids[id] = where
}

func (c *checker) scale(s Scale) {
	for n, a := range s.Answers {
		if a.Value != n+1 {
			c.say("scale", "answer %d has the value %d: the answers stand in order, 1 (lowest) to 5", n+1, a.Value)
		}
		c.wording(fmt.Sprintf("scale, answer %d", a.Value), a.Title)
	}
	for _, state := range s.States {
		c.id("scale, state "+state.ID, "state/"+state.ID)
		c.wording("scale, state "+state.ID, state.Title)
	}
}

// Outcomes and indicators share one space of ids: readings are counted by
// either, under one name.
func (c *checker) outcome(o Outcome) {
	where := "outcome " + o.ID
	c.id(where, "item/"+o.ID)
	c.texts(where+", short", o.Short)
	c.wording(where, o.Title)
	for _, i := range o.Indicators {
		where := "indicator " + i.ID
		c.id(where, "item/"+i.ID)
		c.wording(where, i.Title)
	}
}

func (c *checker) wording(where string, w Wording) {
	for _, audience := range []Audience{YoungPerson, Practitioner} {
		c.texts(where+", "+string(audience), w[audience])
	}
}

func (c *checker) texts(where string, texts Texts) {
	if strings.TrimSpace(texts[c.source].Text) == "" {
		c.say(where, "there is no text in %s, the first language of the edition", c.source)
	}
	for tag := range texts {
		if !slices.Contains(c.languages, tag) {
			c.say(where, "there is a text in %s, which is not among the languages of the edition", tag)
		}
	}
}

// Notes are what is worth knowing of an edition that keeps all rules: texts for
// young people that are hard to read, and how many texts nobody has reviewed.
func Notes(e *Edition) Problems {
	var notes Problems
	unreviewed, all := 0, 0
	e.eachText(func(where string, audience Audience, tag string, t Text) {
		all++
		if t.Review == "none" {
			unreviewed++
		}
		sentence := len(strings.Fields(t.Text)) > 2 // the measure means nothing for a word or two
		if audience == YoungPerson && tag == "en" && sentence {
			if age := ReadingAge(t.Text); age > HardestReadingAge {
				notes = append(notes, Problem{where, fmt.Sprintf("%q has a reading age of about %.0f; aim at 9", t.Text, age)})
			}
		}
	})
	if unreviewed > 0 {
		notes = append(notes, Problem{"texts", fmt.Sprintf("%d of %d were reviewed by nobody yet", unreviewed, all)})
	}
	return notes
}

// eachText calls do with every text of a wording, in the order of the edition.
func (e *Edition) eachText(do func(where string, audience Audience, tag string, t Text)) {
	wording := func(where string, w Wording) {
		for _, audience := range []Audience{YoungPerson, Practitioner} {
			for _, l := range e.Languages {
				if t, ok := w[audience][l.Tag]; ok {
					do(where, audience, l.Tag, t)
				}
			}
		}
	}
	for _, a := range e.Scale.Answers {
		wording(fmt.Sprintf("scale, answer %d", a.Value), a.Title)
	}
	for _, s := range e.Scale.States {
		wording("scale, state "+s.ID, s.Title)
	}
	for _, p := range e.Principles {
		wording("principle "+p.ID, p.Title)
		for _, o := range p.Outcomes {
			wording("outcome "+o.ID, o.Title)
			for _, i := range o.Indicators {
				wording("indicator "+i.ID, i.Title)
			}
		}
	}
}
