package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/store"
)

// askAtOwnPace counts an ask for emergency access, and refuses it while somebody has to
// wait after several that opened nothing or opened the same again. It is counted by the
// account alone: nobody can make somebody else wait. The wait begins with seconds and
// stays below a quarter of an hour, and never holds up what a night needs: a record that
// is opened for the first time does not count. That somebody has to wait is in the log.
func (s *Service) askAtOwnPace(ctx context.Context, actor Actor) (try, error) {
	asks := try{name: actor.Authority + "/emergency/" + actor.Account, known: true}
	if _, err := actor.scope(access.AskEmergency); err != nil {
		return asks, err
	}
	many, slowed := errors.AsType[TooMany](s.tries.begin(asks, s.clock()))
	if !slowed {
		return asks, nil
	}
	wrong := Invalid{{"reference", fmt.Sprintf("Several of your last asks opened nothing, or the same record again. Wait %s and ask again, or ring a manager.", waitInWords(many.Wait))}}
	if !many.first {
		return asks, wrong
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error { return s.audit(tx, actor, "emergency access slowed", "emergency", "", "") })
	return asks, errors.Join(known(err), wrong)
}

// waitInWords is a wait as somebody is told of it, rounded up.
func waitInWords(wait time.Duration) string {
	n, unit := int((wait+time.Second-1)/time.Second), "second"
	if wait > time.Minute {
		n, unit = int((wait+time.Minute-1)/time.Minute), "minute"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// openedBefore tells whether the actor opened a record in an emergency already, within
// the last day.
func openedBefore(tx *store.Tx, actor Actor, record string) (bool, error) {
	held, err := tx.EmergenciesOf(actor.Authority, actor.Account, mostEmergencies)
	return slices.ContainsFunc(held, func(e store.Emergency) bool {
		return e.Child == record && tx.Now.Sub(e.BeganAt) < 24*time.Hour
	}), err
}
