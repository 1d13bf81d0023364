package service

import (
	"context"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// Unusual is reading that somebody has to explain, with what was said of it.
type Unusual struct {
	store.Unusual
	Name  string // of who read
	Own   bool   // the reader asks
	Words []UnusualWord
}

// UnusualWord is what was said of it, and by whom.
type UnusualWord struct {
	store.UnusualWord
	Name string
}

// What can be done about unusual reading, as it is stored.
const (
	Explained = "explained" // by who read
	Escalated = "escalated" // by somebody else
)

// State is what became of it: escalated, explained, or "" while it waits.
func (u Unusual) State() string {
	state := ""
	for _, w := range u.Words {
		if state != Escalated {
			state = w.Act
		}
	}
	return state
}

// unusualShown is how far back the list goes, in days.
const unusualShown = 90

// maxUnusualWords bounds what is said of unusual reading, in bytes.
const maxUnusualWords = 2000

// UnusualReading looks for unusual reading, and lists that of the last three months,
// the latest first.
func (s *Service) UnusualReading(ctx context.Context, actor Actor) (list []Unusual, err error) {
	if _, err := actor.scope(access.ReadAudit); err != nil {
		return nil, err
	}
	if err := s.findUnusual(ctx, actor.Authority); err != nil {
		return nil, err
	}
	err = s.change(ctx, actor, access.ReadAudit, func(tx *store.Tx, _ access.Scope) error {
		found, err := tx.UnusualSince(actor.Authority, s.todayIn(tx).AddDays(-unusualShown))
		if err != nil {
			return err
		}
		words, err := tx.UnusualWords(actor.Authority)
		if err != nil {
			return err
		}
		if list, err = s.withWords(tx, actor, found, words); err != nil {
			return err
		}
		return s.audit(tx, actor, "read unusual reading", "authority", actor.Authority, "")
	})
	return list, err
}

// OwnUnusual is the actor's own reading that was found to be unusual, the latest first.
func (s *Service) OwnUnusual(ctx context.Context, actor Actor) (list []Unusual, err error) {
	err = s.look(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		found, err := tx.UnusualOf(actor.Authority, actor.Account)
		if err != nil {
			return err
		}
		var words []store.UnusualWord
		for _, u := range found {
			of, err := tx.WordsOfUnusual(actor.Authority, u.ID)
			if err != nil {
				return err
			}
			words = append(words, of...)
		}
		list, err = s.withWords(tx, actor, found, words)
		return err
	})
	return list, err
}

// OneUnusual is one finding, for those who see all of them and for who read. What was said
// of it is shown with an entry in the log alone.
func (s *Service) OneUnusual(ctx context.Context, actor Actor, id string) (u Unusual, err error) {
	err = s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		found, err := s.unusualFor(tx, actor, id)
		if err != nil {
			return err
		}
		words, err := tx.WordsOfUnusual(actor.Authority, id)
		if err != nil {
			return err
		}
		list, err := s.withWords(tx, actor, []store.Unusual{found}, words)
		if err != nil {
			return err
		}
		u = list[0]
		return s.audit(tx, actor, "read one unusual reading", "unusual", id, "")
	})
	return u, err
}

// unusualFor finds what the actor may see: their own, or any where they see the log.
func (s *Service) unusualFor(tx *store.Tx, actor Actor, id string) (store.Unusual, error) {
	u, err := tx.Unusual(actor.Authority, id)
	if err == nil && u.Account != actor.Account && !actor.May(access.ReadAudit) {
		err = store.ErrNotFound
	}
	return u, err
}

// ExplainUnusual keeps why somebody read what they read, in their own words.
func (s *Service) ExplainUnusual(ctx context.Context, actor Actor, id, words string) error {
	words, err := checkUnusualWords(words, "Say why you opened these records.")
	if err != nil {
		return err
	}
	return s.change(ctx, actor, access.OwnAccount, func(tx *store.Tx, _ access.Scope) error {
		u, err := tx.Unusual(actor.Authority, id)
		if err != nil {
			return err
		}
		if u.Account != actor.Account {
			return store.ErrNotFound
		}
		return s.sayOfUnusual(tx, actor, id, Explained, words)
	})
}

// EscalateUnusual keeps that somebody took unusual reading further. Nobody does that with
// their own, and it is done once.
func (s *Service) EscalateUnusual(ctx context.Context, actor Actor, id, words string) error {
	if _, err := actor.scope(access.ReadAudit); err != nil {
		return err
	}
	words, err := checkUnusualWords(words, "Say to whom you took it, and why.")
	if err != nil {
		return err
	}
	return s.change(ctx, actor, access.ReadAudit, func(tx *store.Tx, _ access.Scope) error {
		u, err := tx.Unusual(actor.Authority, id)
		if err != nil {
			return err
		}
		if u.Account == actor.Account {
			return ErrRefused
		}
		said, err := tx.WordsOfUnusual(actor.Authority, id)
		if err != nil {
			return err
		}
		if (Unusual{Words: withoutNames(said)}).State() == Escalated {
			return ErrChanged
		}
		return s.sayOfUnusual(tx, actor, id, Escalated, words)
	})
}

func (s *Service) sayOfUnusual(tx *store.Tx, actor Actor, id, act, words string) error {
	if err := tx.AddUnusualWord(actor.Authority, store.UnusualWord{ID: s.ids.New(), Unusual: id, Account: actor.Account, Act: act, Words: words}); err != nil {
		return err
	}
	return s.audit(tx, actor, "unusual reading "+act, "unusual", id, "")
}

func checkUnusualWords(words, missing string) (string, error) {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		return "", Invalid{{"words", missing}}
	case len(words) > maxUnusualWords:
		return "", Invalid{{"words", "Say it in fewer words: at most 2,000 characters."}}
	}
	return words, nil
}

// withWords puts what was said, and names, to what was found.
func (s *Service) withWords(tx *store.Tx, actor Actor, found []store.Unusual, words []store.UnusualWord) ([]Unusual, error) {
	names, err := s.names(tx, actor.Authority)
	if err != nil {
		return nil, err
	}
	by := map[string][]UnusualWord{}
	for _, w := range words {
		by[w.Unusual] = append(by[w.Unusual], UnusualWord{w, names[w.Account]})
	}
	list := make([]Unusual, 0, len(found))
	for _, u := range found {
		list = append(list, Unusual{Unusual: u, Name: names[u.Account], Own: u.Account == actor.Account, Words: by[u.ID]})
	}
	return list, nil
}

func withoutNames(words []store.UnusualWord) []UnusualWord {
	list := make([]UnusualWord, len(words))
	for i, w := range words {
		list[i].UnusualWord = w
	}
	return list
}
