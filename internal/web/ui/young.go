package ui

import "html/template"

// Answers is one question's answers as a young person sees them: each as wide as
// the screen, with a face and a word, and the states that are not answers below.
type Answers struct {
	Name   string
	Legend string // the indicator's words; read out, the screen shows them above
	Value  string // what is chosen
	Items  []Answer
	States []Answer // "I don't want to say", "I don't know", "Not my life"
	Error  string
}

func (Answers) templateName() string { return "ui-answers" }

// Answer is one of them.
type Answer struct {
	Value string
	Text  string
	Step  int // 5 (closest to "yes") to 1, chooses the face; 0 for none
}

// answerView is an answer with its id and state.
type answerView struct {
	Answer
	ID, Name string
	Checked  bool
}

// Faces are the answers of the scale.
func (c Answers) Faces() []answerView { return c.views(c.Items, 0) }

// Others are the states that are not answers.
func (c Answers) Others() []answerView { return c.views(c.States, len(c.Items)) }

func (c Answers) views(answers []Answer, from int) []answerView {
	views := make([]answerView, 0, len(answers))
	for i, a := range answers {
		views = append(views, answerView{a, itemID("", c.Name, from+i), c.Name, c.Value != "" && a.Value == c.Value})
	}
	return views
}

// Cards are things to choose from, in the order in which they are given.
type Cards struct{ Items []Card }

func (Cards) templateName() string { return "ui-cards" }

// Card is one of them.
type Card struct {
	Href    string
	Text    string
	Drawing template.HTML // Safety: a drawing of this program
	Mark    string        // "Talked about today"; empty for none
}
