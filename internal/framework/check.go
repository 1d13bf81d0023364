package framework

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Check gives everything in which an edition breaks a rule that its schema
// cannot express: ids that occur twice, languages that are used and not named,
// texts that the source language lacks, a scale that is not 1 to 5.
func Check(e *Edition) Problems {
	faults := broken(e)
	if len(faults) == 0 {
		return nil
	}
	root, err := asDocument(e)
	if err != nil {
		return Problems{{"the edition", err.Error()}}
	}
	return told(newDocument(root).findings(faults))
}

// asDocument is an edition as its JSON file would be read.
func asDocument(e *Edition) (any, error) {
	var file bytes.Buffer
	if err := WriteJSON(&file, e); err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(&file)
}

// broken are all faults of an edition that its schema cannot express.
func broken(e *Edition) []fault {
	c := &checker{ids: map[string]path{}, source: e.Language()}
	for n, l := range e.Languages {
		at := path{}.item("languages", n)
		c.once(at.with("tag"), "language/"+strings.ToLower(l.Tag), l.Tag, "a language is named once: take one of the two out")
		c.languages = append(c.languages, l.Tag)
	}
	c.texts(path{"title"}, e.Title)
	c.texts(path{"notice"}, e.Notice)
	c.texts(path{"prompt"}, e.Prompt)
	c.scale(e.Scale)
	for n, p := range e.Principles {
		at := path{}.item("principles", n)
		c.once(at.with("id"), "principle/"+p.ID, p.ID, idOnce)
		c.wording(at, p.Title)
		for k, o := range p.Outcomes {
			c.outcome(at.item("outcomes", k), o)
		}
	}
	return c.faults
}

const idOnce = "an id stands once: give one of the two another"

type checker struct {
	faults    []fault
	ids       map[string]path // where each id stands first
	languages []string
	source    string
}

// once tells an id that stands twice. One that is empty is told by the schema.
func (c *checker) once(at path, key, id, rule string) {
	if id == "" {
		return
	}
	if first, taken := c.ids[key]; taken {
		c.faults = append(c.faults, fault{at, id, rule, first[:len(first)-1]})
		return
	}
	c.ids[key] = at
}

func (c *checker) scale(s Scale) {
	at := path{"scale"}
	for n, a := range s.Answers {
		if a.Value != n+1 && a.Value >= 1 && a.Value <= 5 && n < 5 {
			c.faults = append(c.faults, fault{at: at.item("answers", n).with("value"), found: strconv.Itoa(a.Value), rule: "the answers stand in order, from 1 (lowest) to 5"})
		}
		c.wording(at.item("answers", n), a.Title)
	}
	for n, state := range s.States {
		c.once(at.item("states", n).with("id"), "state/"+state.ID, state.ID, "each of the four states stands once: "+wanted["states"])
		c.wording(at.item("states", n), state.Title)
	}
}

// Outcomes and indicators share one space of ids: readings are counted by
// either, under one name.
func (c *checker) outcome(at path, o Outcome) {
	c.once(at.with("id"), "item/"+o.ID, o.ID, idOnce)
	c.texts(at.with("short"), o.Short)
	c.wording(at, o.Title)
	c.texts(at.with("prompt"), o.Prompt)
	for n, i := range o.Indicators {
		at := at.item("indicators", n)
		c.once(at.with("id"), "item/"+i.ID, i.ID, idOnce)
		c.wording(at, i.Title)
	}
}

func (c *checker) wording(at path, w Wording) {
	for _, audience := range []Audience{YoungPerson, Practitioner} {
		c.texts(at.with("title", string(audience)), w[audience])
	}
}

// texts tells what is wrong with a text in all its languages. That there is none
// at all, or an empty one, the schema tells.
func (c *checker) texts(at path, texts Texts) {
	if _, ok := texts[c.source]; !ok && len(texts) > 0 {
		c.faults = append(c.faults, fault{at: at.with(c.source), rule: "it is missing: write it, for every text stands in " + c.source + ", the first language of the edition"})
	}
	for tag, text := range texts {
		if !slices.Contains(c.languages, tag) {
			c.faults = append(c.faults, fault{at: at.with(tag), rule: "there is a text in " + plain(tag) + ", which is not among the languages of the edition (" + listed(c.languages, "and") + "): add the language to them, or take the text out"})
		}
		if text.Text != "" && strings.TrimSpace(text.Text) == "" {
			c.faults = append(c.faults, fault{at: at.with(tag, "text"), rule: "it is empty: " + wanted["text"]})
		}
	}
}
