package service

import (
	"fmt"

	"stablefutures/internal/child"
	"stablefutures/internal/date"
	"stablefutures/internal/store"
)

// erase takes away all that is kept of a record, notes what is no longer there, and gives
// the numbers by which files would bring it back, as they are kept. The log keeps its ids.
func (s *Service) erase(tx *store.Tx, actor Actor, d store.Decision, head child.Child, done *Decided) (numbers []string, err error) {
	children, err := tx.ChildrenOfRecord(actor.Authority, head.ID)
	if err != nil {
		return nil, err
	}
	if done.Erased, err = tx.TalksOfRecord(actor.Authority, head.ID); err != nil {
		return nil, err
	}
	for _, c := range children {
		done.Erased, done.Named = append(done.Erased, c.ID), append(done.Named, c.Reference)
		if c.LAID != "" {
			done.Named = append(done.Named, c.LAID)
		}
	}
	for _, number := range done.Named {
		numbers = append(numbers, s.blindNumber(actor.Authority, number))
	}
	if err := stillOpen(tx.UseDecision(actor.Authority, d.ID)); err != nil {
		return nil, err
	}
	err = s.projecting(tx, actor.Authority, []string{head.ID}, func() error {
		return tx.EraseRecord(actor.Authority, head.ID, numbers)
	})
	if err != nil {
		return nil, err
	}
	for _, c := range children {
		if err := s.audit(tx, actor, "erase", "record", c.ID, d.ID); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

// blindNumber is how a number of the authority, or a reference, is kept once the record
// is erased: files are held against it, and nothing can be read from it.
func (s *Service) blindNumber(authority, number string) string {
	return s.db.Blind("erased number", authority+"\x00"+number)
}

// numberErased refuses to give a number by hand whose record was erased.
func (s *Service) numberErased(tx *store.Tx, authority, number string) error {
	gone, err := s.erasedIn(tx, authority)
	if err != nil {
		return err
	}
	if at, ok := gone.on(number); ok {
		return Invalid{{"la-id", fmt.Sprintf("The record with this number was erased here on %s. If the council works with this young person again, add them without the number.", date.Of(at.In(s.london)).Long())}}
	}
	return nil
}
