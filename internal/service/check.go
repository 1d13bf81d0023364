package service

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// CheckCounts works standings and tallies out again from the readings and the
// register, and says in plain lines what is kept otherwise. With mend they are
// put right.
func (s *Service) CheckCounts(ctx context.Context, actor Actor, mend bool) (differences []string, err error) {
	err = s.changeLong(ctx, actor, access.ImportFiles, func(tx *store.Tx, _ access.Scope) error {
		differences = nil
		standings, shares, err := s.workedOut(tx, actor.Authority)
		if err != nil {
			return err
		}
		if err := compareStandings(tx, actor.Authority, standings, mend, &differences); err != nil {
			return err
		}
		if err := compareTallies(tx, actor.Authority, shares, mend, &differences); err != nil {
			return err
		}
		if mend && len(differences) > 0 {
			return s.audit(tx, actor, "mend kept counts", "authority", actor.Authority, fmt.Sprint(len(differences)))
		}
		return nil
	})
	return differences, err
}

// recordItem names one voice on one item of one record.
type recordItem struct {
	record string
	itemKey
}

// workedOut are the standings and tallies that the readings and the register give.
func (s *Service) workedOut(tx *store.Tx, authority string) (map[recordItem]store.Standing, share, error) {
	editions, err := s.editionsIn(tx, authority)
	if err != nil {
		return nil, nil, err
	}
	entries := map[string][]register.Entry{}
	now, err := tx.RegisterNow(authority)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range now {
		entries[v.Record] = append(entries[v.Record], v.Entry)
	}
	records, err := tx.RecordsWithReadings(authority)
	if err != nil {
		return nil, nil, err
	}
	all, total := map[recordItem]store.Standing{}, share{}
	for _, record := range records {
		var readings []conversation.Reading
		if readings, err = tx.ReadingsOfRecord(authority, record); err != nil {
			return nil, nil, err
		}
		fresh := standingsOf(record, readings, editions)
		for k, standing := range fresh {
			all[recordItem{record, k}] = standing
		}
		for t, n := range shareOf(groupOf(entries[record]), slices.Collect(maps.Values(fresh)), editions) {
			total[t] += n
		}
	}
	return all, total, nil
}

func compareStandings(tx *store.Tx, authority string, fresh map[recordItem]store.Standing, mend bool, differences *[]string) error {
	held, err := tx.Standings(authority)
	if err != nil {
		return err
	}
	seen, move := map[recordItem]bool{}, store.Movement{}
	for _, h := range held {
		k := recordItem{h.Record, standingKey(h)}
		seen[k] = true
		want, ok := fresh[k]
		if ok && want == h {
			continue
		}
		*differences = append(*differences, fmt.Sprintf("standing of %s by %s in record %s is not what the readings say", h.Item, h.Voice, h.Record))
		if ok {
			move.Put = append(move.Put, want)
		} else {
			move.Drop = append(move.Drop, h)
		}
	}
	for k, want := range fresh {
		if seen[k] {
			continue
		}
		*differences = append(*differences, fmt.Sprintf("standing of %s by %s in record %s is missing", k.item, k.voice, k.record))
		move.Put = append(move.Put, want)
	}
	if !mend {
		return nil
	}
	return tx.Move(authority, move)
}

func compareTallies(tx *store.Tx, authority string, fresh share, mend bool, differences *[]string) error {
	held, err := tx.AllTallies(authority)
	if err != nil {
		return err
	}
	kept := share{}
	for _, t := range held {
		n := t.N
		t.N = 0
		kept[t] = n
	}
	every := maps.Clone(kept)
	maps.Copy(every, fresh)
	for t := range every {
		if fresh[t] != kept[t] {
			*differences = append(*differences, fmt.Sprintf("%s %s %s %s: %d kept, %d worked out", t.Item, t.Group, t.Measure, t.Bucket, kept[t], fresh[t]))
		}
	}
	if !mend {
		return nil
	}
	return tx.Move(authority, store.Movement{Tallies: talliesMoved(kept, fresh)})
}
