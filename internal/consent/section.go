package consent

// Section is a part of a record that can be shared by itself. Values are stored.
type Section string

const (
	Who      Section = "who"
	Register Section = "register"
	Missing  Section = "missing"
	Outcomes Section = "outcomes"
	Words    Section = "words"
)

// Sections are all sections. No two of them hold the same.
var Sections = []Section{Who, Register, Missing, Outcomes, Words}

var sectionLabels = map[Section]string{
	Who: "Who they are", Register: "Register and NRM", Missing: "Times missing", Outcomes: "Outcomes", Words: "In their own words",
}

// Label is the section as staff call it.
func (s Section) Label() string { return sectionLabels[s] }

var sectionPlain = map[Section]string{
	Who:      "Your name, your date of birth, your gender, where you come from, which language you speak, and how it is safe to contact you.",
	Register: "What the council wrote down about what was done to you, what was decided about it, and whether you have a guardian.",
	Missing:  "The days on which you were missing.",
	Outcomes: "What you and your worker answered about how things are going, without your own words.",
	Words:    "What you said in your own words.",
}

// Plain is the section in words for the young person: what the agency would see.
func (s Section) Plain() string { return sectionPlain[s] }
