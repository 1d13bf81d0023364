package framework

import "strconv"

// Keyed is a text for young people under the key by which translations know it.
type Keyed struct {
	Key   string // outcome.home, indicator.home.1, answer.5, state.does-not-know, prompt, notice
	Texts Texts
}

// ForYoungPeople are all texts of an edition that young people read, in its order.
func (e *Edition) ForYoungPeople() []Keyed {
	list := []Keyed{{"notice", e.Notice}, {"prompt", e.Prompt}}
	for _, a := range e.Scale.Answers {
		list = append(list, Keyed{"answer." + strconv.Itoa(a.Value), a.Title[YoungPerson]})
	}
	for _, s := range e.Scale.States {
		list = append(list, Keyed{"state." + s.ID, s.Title[YoungPerson]})
	}
	for _, p := range e.Principles {
		list = append(list, Keyed{"principle." + p.ID, p.Title[YoungPerson]})
		for _, o := range p.Outcomes {
			list = append(list, Keyed{"outcome." + o.ID, o.Title[YoungPerson]})
			if len(o.Prompt) > 0 {
				list = append(list, Keyed{"prompt." + o.ID, o.Prompt})
			}
			for _, i := range o.Indicators {
				list = append(list, Keyed{"indicator." + i.ID, i.Title[YoungPerson]})
			}
		}
	}
	return list
}
