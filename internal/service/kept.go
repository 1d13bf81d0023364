package service

import "sync"

// keeper holds what is dear to work out, by a name, until what it was made from
// changes. Whoever asks while it is being worked out waits for it, so that many
// readers of one page cost no more than one.
type keeper struct{ shelves sync.Map }

// shelf is one thing that is kept.
type shelf struct {
	mu    sync.Mutex
	of    string // what it was made from
	full  bool
	thing any
}

// kept gives the thing of a name: the one on its shelf where it was made from the
// same, or else a new one. What could not be made is not kept.
func kept[T any](k *keeper, name, of string, work func() (T, error)) (T, error) {
	found, _ := k.shelves.LoadOrStore(name, &shelf{})
	s := found.(*shelf)
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
