package consent

import (
	"slices"
	"unicode/utf8"

	"stablefutures/internal/date"
)

// Problem is what is wrong with a field of an entry, with the remedy.
type Problem struct{ Field, Message string }

// Limits of what is written down.
const (
	maxLanguage = 100
	maxRemark   = 2000
)

// Check tells what keeps an entry from being recorded. today is the last day on which
// somebody can have been asked.
func Check(e Entry, today date.Date) []Problem {
	var wrong []Problem
	say := func(field, message string) { wrong = append(wrong, Problem{field, message}) }
	checkMatter(e.Matter, say)
	switch {
	case !slices.Contains(Bases, e.Basis):
		say("basis", "Choose the basis: consent, or what else the law allows.")
	case e.Basis == Consent:
		checkConsent(e, say)
	default:
		checkOther(e, say)
	}
	switch {
	case !e.AskedOn.Known():
		say("asked-on", "Enter the day.")
	case e.AskedOn > today:
		say("asked-on", "The day must be today or before.")
	}
	if e.Expires.Known() && (e.Expires < today || e.Expires < e.AskedOn) {
		say("expires-on", "The last day must be today or later. Leave it empty where it has no end.")
	}
	if utf8.RuneCountInString(e.Remark) > maxRemark {
		say("remark", "Write at most 2,000 characters.")
	}
	return wrong
}

func checkMatter(m Matter, say func(field, message string)) {
	switch m.Purpose {
	case Sharing:
		if m.Agency == "" {
			say("agency", "Choose the agency.")
		}
		if !slices.Contains(Sections, m.Section) {
			say("section", "Choose the section of the record.")
		}
	case Study:
		if m.Agency != "" || m.Section != "" {
			say("purpose", "The study has neither an agency nor a section.")
		}
	default:
		say("purpose", "Choose what the young person was asked about.")
	}
}

func checkConsent(e Entry, say func(field, message string)) {
	if e.Answer != Agreed && e.Answer != Declined && e.Answer != Withdrawn {
		say("answer", "Choose what the young person answered.")
	}
	if e.Answer == Withdrawn {
		return // one tap: nobody is asked how they took it back
	}
	if !slices.Contains(Hows, e.How) {
		say("how", "Choose how the young person was asked.")
	}
	if n := utf8.RuneCountInString(e.Language); n == 0 || n > maxLanguage {
		say("language", "Enter the language in which the young person was asked, in at most 100 characters.")
	}
}

// checkOther holds a basis that is not consent to what it is: nobody answered, and
// somebody has to say why it applies.
func checkOther(e Entry, say func(field, message string)) {
	if e.Purpose == Study {
		say("basis", "The study counts only those who agreed: its basis is consent.")
	}
	if e.Answer != Applies && e.Answer != NoLonger {
		say("answer", "This basis is not consent: it applies, or applies no longer.")
	}
	if e.Answer == Applies && e.Remark == "" {
		say("remark", "Say why this basis applies: which danger, law or task.")
	}
}
