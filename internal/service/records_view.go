package service

import (
	"context"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// IdentityView is who a young person is: what is believed, what a person entered
// and what each source says.
type IdentityView struct {
	Head    Head
	Entered child.Identity // what a person entered for this record; empty fields were not
	Others  child.Identity // what is believed without it: what holds where a field is left empty
	Sources []child.Identity
}

// Identity opens the page on which a person corrects who a young person is.
func (s *Service) Identity(ctx context.Context, actor Actor, record string) (v IdentityView, err error) {
	err = s.openRecord(ctx, actor, record, "identity", func(tx *store.Tx, _ access.Scope, head child.Child) error {
		r := Record{Today: s.todayIn(tx)}
		if err := s.fillWho(tx, actor, head, &r); err != nil {
			return err
		}
		if !r.Head.May(access.WriteRecord) {
			return ErrNotFound // as the sending of the form is answered
		}
		v = IdentityView{Head: r.Head, Sources: r.Sources}
		var others []child.Identity
		for _, i := range r.Sources {
			if i.Source == child.ByHand && i.Child == head.ID {
				v.Entered = i
			} else {
				others = append(others, i)
			}
		}
		v.Others = child.Believed(others)
		return nil
	})
	return v, err
}

// Local is an instant as clocks in London show it.
func (s *Service) Local(t time.Time) time.Time { return t.In(s.london) }
