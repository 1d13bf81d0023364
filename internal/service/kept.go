package service

import (
	"sync"

	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// keeper holds what is dear to work out, by a name, until what it was made from
// changes. Whoever asks while it is being worked out waits for it, so that many
// readers of one page cost no more than one.
type keeper struct{ shelves sync.Map }

// shelf is one thing that is kept.
type shelf struct {
	mu    sync.Mutex
	of    string // what it was made from
	at    moment // when it was made
	full  bool
	thing any
}

// moment is a state of an authority's data on a day: every change of the data
// raises the version.
type moment struct {
	day     date.Date
	version int
}

func momentOf(a store.Authority, today date.Date) moment { return moment{today, a.Version} }

// covers tells whether what was made at one moment serves at another: it is of the
// same day and as new.
func (m moment) covers(other moment) bool { return m.day == other.day && m.version >= other.version }

func (k *keeper) shelf(name string) *shelf {
	found, _ := k.shelves.LoadOrStore(name, &shelf{})
	return found.(*shelf)
}

// kept gives the thing of a name: the one on its shelf where it was made from the
// same, or else a new one. What could not be made is not kept.
func kept[T any](k *keeper, name, of string, work func() (T, error)) (T, error) {
	s := k.shelf(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full && s.of == of {
		return s.thing.(T), nil
	}
	thing, err := work()
	if err == nil {
		s.of, s.full, s.thing = of, true, thing
	}
	return thing, err
}

// since gives the thing of a name as it is now or was made since, which spares
// those who waited for another to make it from making it again.
func since[T any](k *keeper, name string, now moment, work func() (T, error)) (T, error) {
	s := k.shelf(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full && s.at.covers(now) {
		return s.thing.(T), nil
	}
	thing, err := work()
	if err == nil {
		s.at, s.full, s.thing = now, true, thing
	}
	return thing, err
}

// mayKeep tells whether figures of a year are kept: of years near today. An
// address may name any year, and each would take its room.
func mayKeep(year, today date.Date) bool {
	return year >= today.AddMonths(-12*20) && year <= today.AddMonths(12*2)
}
