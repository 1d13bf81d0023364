package framework

// Outcomes are all outcomes in the edition's order.
func (e *Edition) Outcomes() []Outcome {
	var list []Outcome
	for _, p := range e.Principles {
		list = append(list, p.Outcomes...)
	}
	return list
}

// Outcome finds an outcome by its id.
func (e *Edition) Outcome(id string) (Outcome, bool) {
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			if o.ID == id {
				return o, true
			}
		}
	}
	return Outcome{}, false
}

// Indicator finds an indicator by its id.
func (e *Edition) Indicator(id string) (Indicator, bool) {
	_, i, ok := e.find(id)
	return i, ok
}

// OutcomeOf finds the outcome to which an indicator belongs.
func (e *Edition) OutcomeOf(indicator string) (Outcome, bool) {
	o, _, ok := e.find(indicator)
	return o, ok
}

func (e *Edition) find(indicator string) (Outcome, Indicator, bool) {
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			for _, i := range o.Indicators {
				if i.ID == indicator {
					return o, i, true
				}
			}
		}
	}
	return Outcome{}, Indicator{}, false
}

// Language is the source language of the edition, in which every text stands.
func (e *Edition) Language() string {
	if len(e.Languages) == 0 {
		return ""
	}
	return e.Languages[0].Tag
}

// Text is the wording for an audience in a language. Where that language lacks
// it, the text is the one of the source language and tag says so: a page marks
// it as that language, it never passes for the one that was asked for. ok is
// false where there is no text at all.
func (e *Edition) Text(w Wording, audience Audience, lang string) (text, tag string, ok bool) {
	return e.In(w[audience], lang)
}

// In is as Text, for texts that are the same for all audiences.
func (e *Edition) In(texts Texts, lang string) (text, tag string, ok bool) {
	for _, tag := range []string{lang, e.Language()} {
		if t, there := texts[tag]; there && t.Text != "" {
			return t.Text, tag, true
		}
	}
	return "", "", false
}

// AnswerText is what a step of the scale is called; empty where there is none.
func (e *Edition) AnswerText(value int, audience Audience, lang string) string {
	for _, a := range e.Scale.Answers {
		if a.Value == value {
			text, _, _ := e.Text(a.Title, audience, lang)
			return text
		}
	}
	return ""
}

// StateText is what a state that is not an answer is called; empty where there is
// none of that id.
func (e *Edition) StateText(id string, audience Audience, lang string) string {
	for _, s := range e.Scale.States {
		if s.ID == id {
			text, _, _ := e.Text(s.Title, audience, lang)
			return text
		}
	}
	return ""
}
