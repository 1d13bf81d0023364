// Package framework holds editions of the outcomes framework: principles,
// outcomes, indicators, their wording by audience and language, and the answer
// scale. An edition is data; this package reads, checks and writes editions.
//
// No readings, no SQL and no pages belong here.
package framework

// Edition is one wording of the framework with its own answer scale. Readings
// stay bound to the edition in which they were made.
type Edition struct {
	ID         string      `json:"id"`      // lower case letters, digits, hyphens: "working-2026"
	Version    string      `json:"version"` // "1.0"
	Title      Texts       `json:"title"`
	Notice     Texts       `json:"notice"`           // what must show wherever the edition shows ("working wording, not the published CSF-POF")
	Prompt     Texts       `json:"prompt,omitempty"` // said before each statement: "Think about the last few weeks."
	Published  bool        `json:"published"`        // true only for an edition that is the published framework
	Languages  []Language  `json:"languages"`        // first = source language
	Scale      Scale       `json:"scale"`
	Principles []Principle `json:"principles"`
}

// Language is a language of an edition: BCP 47 tag, its own name, direction.
type Language struct {
	Tag       string `json:"tag"`
	Name      string `json:"name"`
	Direction string `json:"direction"` // "ltr" or "rtl"
}

// Principle is a general principle of the UN Convention on the Rights of the Child.
type Principle struct {
	ID       string    `json:"id"`
	Article  int       `json:"article"`
	Title    Wording   `json:"title"`
	Outcomes []Outcome `json:"outcomes"`
}

// Outcome is something young people said matters to them.
type Outcome struct {
	ID         string      `json:"id"`    // unique in the edition: "safe-home"
	Short      Texts       `json:"short"` // a few words for tables: "Home that suits"
	Title      Wording     `json:"title"`
	Drawing    string      `json:"drawing"`          // name of a drawing, may be empty
	Source     string      `json:"source"`           // where the theme comes from
	Prompt     Texts       `json:"prompt,omitempty"` // in place of the edition's, where that does not suit this outcome
	Indicators []Indicator `json:"indicators"`
}

// Indicator is one sentence that a voice answers on the scale.
type Indicator struct {
	ID    string  `json:"id"` // unique in the edition: "safe-home.1"
	Title Wording `json:"title"`
}

// Audience is who a text is worded for.
type Audience string

const (
	YoungPerson  Audience = "young-person"
	Practitioner Audience = "practitioner"
)

// Wording is a text for each audience, in each language.
type Wording map[Audience]Texts

// Texts is a text by language tag.
type Texts map[string]Text

// Text is one wording with where it comes from and who has looked at it.
type Text struct {
	Text   string `json:"text"`
	Origin string `json:"origin"` // "project", "published", "machine", "translator", "authority"
	Review string `json:"review"` // "none", "professional", "young-people"
}

// Scale is the answer scale of an edition: five ordered answers, lowest first,
// plus the four states that are not answers.
type Scale struct {
	Answers []Answer `json:"answers"` // Value 1 (lowest) to 5
	States  []State  `json:"states"`
}

// Answer is one step of the scale. Also are further words for it that a file of
// readings may say, such as those of an earlier version.
type Answer struct {
	Value int      `json:"value"`
	Title Wording  `json:"title"`
	Also  []string `json:"also,omitempty"`
}

// State is one of the four states that are not answers; its ID is one of
// not-talked-about, does-not-want-to-say, does-not-know, not-part-of-my-life.
type State struct {
	ID    string  `json:"id"`
	Title Wording `json:"title"`
}
