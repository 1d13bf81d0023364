package table

import "strconv"

// MostOfAReason is how many problems of one reason (code and column) a table
// keeps one by one. What comes after them is one line that says how many, so
// that a file that is wrong throughout still gives a report that can be read.
const MostOfAReason = 1000

// Log gathers the problems of one table. The zero Log is empty.
type Log struct {
	list    []Problem
	reasons map[reasonKey]*tally
	order   []*tally // as the reasons first came
}

type reasonKey struct {
	code, column string
	setAside     bool
}

// tally is one reason with an example and how often it was told.
type tally struct {
	example Problem
	times   int
}

// Add tells a problem.
func (l *Log) Add(p Problem) {
	if l.reasons == nil {
		l.reasons = map[reasonKey]*tally{}
	}
	key := reasonKey{p.Code, p.Column, p.SetAside}
	t := l.reasons[key]
	if t == nil {
		t = &tally{example: p}
		l.reasons[key] = t
		l.order = append(l.order, t)
	}
	t.times += p.Stands()
	if t.times <= MostOfAReason {
		l.list = append(l.list, p)
	}
}

// AddAll tells several.
func (l *Log) AddAll(list []Problem) {
	for _, p := range list {
		l.Add(p)
	}
}

// Problems are all that were told, in the order in which they were, and behind
// them one line for each reason of which more came than are kept.
func (l *Log) Problems() []Problem {
	list := l.list[:len(l.list):len(l.list)]
	for _, t := range l.order {
		more := t.times - MostOfAReason
		if more <= 0 {
			continue
		}
		p := t.example
		p.Row, p.Times = 0, more
		p.Message = strconv.Itoa(more) + " more like the " + strconv.Itoa(MostOfAReason) + " before them (" + p.Code + "): they are not listed one by one. Mend what makes the file, and import it again."
		list = append(list, p)
	}
	return list
}

// Stands is how many problems a line stands for.
func (p *Problem) Stands() int { return max(1, p.Times) }
