package chart

import (
	"strconv"

	"stablefutures/internal/conversation"
)

// Words are the texts of an edition's scale in one language. Anything left empty
// is said in English.
type Words struct {
	Answers [5]string // of the values 1 to 5
	States  map[conversation.State]string
	Young   string // "young person"
	Worker  string // "worker"
	Both    string // "both the same"
}

var english = Words{
	Answers: [5]string{"1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"},
	States: map[conversation.State]string{
		conversation.DoesNotWantToSay: "did not want to say",
		conversation.DoesNotKnow:      "did not know",
		conversation.NotPartOfMyLife:  "not part of my life",
		conversation.NotTalkedAbout:   "not talked about",
	},
	Young:  "young person",
	Worker: "worker",
	Both:   "both the same",
}

// Of puts a point into words: its answer, or which of the states it is.
func (w Words) Of(p Point) string {
	if p.State != conversation.Answered {
		return w.state(p.State)
	}
	if p.Value < 1 || p.Value > 5 {
		return strconv.Itoa(p.Value)
	}
	if text := w.Answers[p.Value-1]; text != "" {
		return text
	}
	return english.Answers[p.Value-1]
}

func (w Words) state(s conversation.State) string {
	if text := w.States[s]; text != "" {
		return text
	}
	return english.States[s]
}

func (w Words) young() string  { return either(w.Young, english.Young) }
func (w Words) worker() string { return either(w.Worker, english.Worker) }
func (w Words) both() string   { return either(w.Both, english.Both) }

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
