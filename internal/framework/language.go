package framework

import "strings"

// Language is the source language of the edition, in which every text stands.
func (e *Edition) Language() string {
	if len(e.Languages) == 0 {
		return ""
	}
	return e.Languages[0].Tag
}

// Text is the wording for an audience in the language that comes nearest to the
// one asked for; tag says which that is. A page marks the text as of that
// language: it never passes for the one that was asked for. ok is false where
// there is no text at all.
func (e *Edition) Text(w Wording, audience Audience, lang string) (text, tag string, ok bool) {
	return e.In(w[audience], lang)
}

// In is as Text, for texts that are the same for all audiences. It is the one
// place where a language is chosen: the one asked for; the one that it is a kind
// of ("en" for "en-GB"); another kind of the same ("en-GB" for "en"); the source
// language of the edition; any other, in the order of the edition.
func (e *Edition) In(texts Texts, lang string) (text, tag string, ok bool) {
	if t, exact := texts[lang]; exact && t.Text != "" {
		return t.Text, lang, true
	}
	nearest := func(is func(tag string) bool) bool {
		for _, l := range e.Languages {
			if t := texts[l.Tag]; t.Text != "" && is(l.Tag) {
				text, tag, ok = t.Text, l.Tag, true
				return true
			}
		}
		return false
	}
	for asked := lang; asked != ""; asked = broader(asked) {
		if nearest(func(tag string) bool { return strings.EqualFold(tag, asked) }) {
			return text, tag, ok
		}
	}
	if !nearest(func(tag string) bool { return sameBase(tag, lang) }) {
		nearest(func(string) bool { return true })
	}
	return text, tag, ok
}

// broader is the language that a tag is a kind of: "zh-Hant" of "zh-Hant-TW";
// empty where it has no parts.
func broader(tag string) string {
	return tag[:max(strings.LastIndexByte(tag, '-'), 0)]
}

// base is the first part of a tag: "en" of "en-GB".
func base(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return first
}

func sameBase(a, b string) bool { return strings.EqualFold(base(a), base(b)) }

// NoticeIn is what must show wherever words of the edition show, in the language
// nearest to the one asked for, and which that is. It is never empty for an
// edition that is not the published framework.
func (e *Edition) NoticeIn(lang string) (text, tag string) {
	text, tag, ok := e.In(e.Notice, lang)
	if !ok && !e.Published {
		return "This is not the published CSF-POF.", "en"
	}
	return text, tag
}

// PromptIn is what is said before each statement of an outcome, such as what time
// to think about: the outcome's own, or the edition's. ok is false where there is
// none.
func (e *Edition) PromptIn(o Outcome, lang string) (text, tag string, ok bool) {
	if text, tag, ok := e.In(o.Prompt, lang); ok {
		return text, tag, true
	}
	return e.In(e.Prompt, lang)
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
