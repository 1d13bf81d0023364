package ssda903

import "stablefutures/internal/care"

// blockSize is how many values are made at once.
const blockSize = 2048

// blocks hands out facts, details and identities cut from larger pieces of
// memory, because a table has a hundred thousand of each. What was handed out
// is never touched again: slices end where their cut ends.
type blocks struct {
	facts   []care.Fact
	details []care.Detail
	people  []care.Identity
	from    int
}

// begin makes room for the details of one row.
func (b *blocks) begin(most int) {
	if cap(b.details)-len(b.details) < most {
		b.details = make([]care.Detail, 0, max(blockSize, most))
	}
	b.from = len(b.details)
}

func (b *blocks) add(name, value string) {
	b.details = append(b.details, care.Detail{Name: name, Value: value})
}

// end is what was added since begin, nil where that is nothing.
func (b *blocks) end() []care.Detail {
	if n := len(b.details); n > b.from {
		return b.details[b.from:n:n]
	}
	return nil
}

func (b *blocks) fact(f care.Fact) []care.Fact {
	if len(b.facts) == cap(b.facts) {
		b.facts = make([]care.Fact, 0, blockSize)
	}
	b.facts = append(b.facts, f)
	n := len(b.facts)
	return b.facts[n-1 : n : n]
}

// identity keeps what a row says of who the child is; nil where it says nothing.
func (b *blocks) identity(who care.Identity) *care.Identity {
	if who == (care.Identity{}) {
		return nil
	}
	if len(b.people) == cap(b.people) {
		b.people = make([]care.Identity, 0, blockSize)
	}
	b.people = append(b.people, who)
	return &b.people[len(b.people)-1]
}
