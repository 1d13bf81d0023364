package service

import (
	"context"
	"errors"
	"maps"
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// MatchView is a pair of children who may be one young person, with what is
// needed to decide: who they are by each source, and the returns they stand in.
type MatchView struct {
	store.Match
	Left, Right MatchSide
	DecidedName string
}

// MatchSide is one of the two.
type MatchSide struct {
	Child    child.Child
	Identity child.Identity
	Sources  []child.Identity
	Returns  []store.Return
}

// Matches are all pairs, those that wait for a person first.
func (s *Service) Matches(ctx context.Context, actor Actor) (list []MatchView, err error) {
	scope, err := actor.scope(access.DecideMatches)
	if err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if list, err = s.matches(tx, at(scope, tx)); err != nil {
			return err
		}
		return s.audit(tx, actor, "read likely matches", "authority", scope.Authority, "")
	})
	return list, known(err)
}

// matches are the pairs of which both records are in scope.
func (s *Service) matches(tx *store.Tx, scope access.Scope) ([]MatchView, error) {
	authority := scope.Authority
	pairs, err := matchesInScope(tx, scope)
	if err != nil {
		return nil, err
	}
	names, err := s.names(tx, authority)
	if err != nil {
		return nil, err
	}
	identities, err := tx.Identities(authority)
	if err != nil {
		return nil, err
	}
	sources := map[string][]child.Identity{}
	for _, i := range identities {
		sources[i.Child] = append(sources[i.Child], i)
	}
	stand := map[string][]store.Return{}
	if len(pairs) > 0 {
		if stand, err = tx.ReturnsOfChildren(authority); err != nil {
			return nil, err
		}
	}
	side := func(id string) (MatchSide, error) {
		c, err := tx.Child(authority, id)
		return MatchSide{Child: c, Identity: child.Believed(sources[id]), Sources: sources[id], Returns: stand[id]}, err
	}
	list := make([]MatchView, 0, len(pairs))
	for _, p := range pairs {
		v := MatchView{Match: p, DecidedName: names[p.DecidedBy]}
		if v.Left, err = side(p.A); err != nil {
			return nil, err
		}
		if v.Right, err = side(p.B); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// matchesInScope are all pairs but those of a record that the actor may not reach: a
// restricted one does not show.
func matchesInScope(tx *store.Tx, scope access.Scope) ([]store.Match, error) {
	pairs, err := tx.Matches(scope.Authority)
	if err != nil {
		return nil, err
	}
	if all, err := tx.ReachesAll(scope); err != nil || all {
		return pairs, err
	}
	in := make([]store.Match, 0, len(pairs))
	for _, p := range pairs {
		both, err := bothInScope(tx, scope, p.A, p.B)
		if err != nil {
			return nil, err
		}
		if both {
			in = append(in, p)
		}
	}
	return in, nil
}

func bothInScope(tx *store.Tx, scope access.Scope, a, b string) (bool, error) {
	for _, id := range []string{a, b} {
		_, err := tx.Record(scope, id)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// putLikely puts before a person the pairs of a child whose identity was entered
// by hand with all others that may be the same young person.
func putLikely(tx *store.Tx, authority, id string) error {
	all, err := tx.Identities(authority)
	if err != nil {
		return err
	}
	sources := map[string][]child.Identity{}
	for _, i := range all {
		sources[i.Child] = append(sources[i.Child], i)
	}
	mine := child.Believed(sources[id])
	for _, other := range slices.Sorted(maps.Keys(sources)) {
		if reason, ok := child.Likely(mine, child.Believed(sources[other])); ok && other != id {
			if _, err := tx.AddMatch(authority, id, other, reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// Pair says that two records, named by their references, are one young person,
// where nothing that the sources say made them a likely match.
func (s *Service) Pair(ctx context.Context, actor Actor, one, other string) error {
	return s.change(ctx, actor, access.DecideMatches, func(tx *store.Tx, scope access.Scope) error {
		var ids []string
		var wrong Invalid
		for n, reference := range []string{one, other} {
			c, err := tx.RecordByReference(scope, child.NormalReference(reference))
			switch {
			case errors.Is(err, store.ErrNotFound):
				wrong = append(wrong, FieldError{[]string{"one", "other"}[n], "There is no record with this reference. It looks like K7P4-TM."})
			case err != nil:
				return err
			default:
				ids = append(ids, c.ID)
			}
		}
		switch {
		case len(wrong) > 0:
			return wrong
		case ids[0] == ids[1]:
			return Invalid{{"other", "This is the same record twice. Give the references of two records."}}
		}
		if _, err := tx.AddMatch(actor.Authority, ids[0], ids[1], child.ByPerson); err != nil {
			return err
		}
		return s.decideIn(tx, actor, ids[0], ids[1], store.MatchLinked, "link records")
	})
}

// Link says that two children are one young person: from now on one record shows
// both. Nothing is moved or merged, so that Unlink can take it back.
func (s *Service) Link(ctx context.Context, actor Actor, a, b string) error {
	return s.decide(ctx, actor, a, b, store.MatchLinked, "link records")
}

// Unlink takes a link back: the pair waits for a person again, and each child's
// facts show in its own record.
func (s *Service) Unlink(ctx context.Context, actor Actor, a, b string) error {
	return s.decide(ctx, actor, a, b, store.MatchWaiting, "undo link")
}

// Different says that two children are two young people.
func (s *Service) Different(ctx context.Context, actor Actor, a, b string) error {
	return s.decide(ctx, actor, a, b, store.MatchDifferent, "say records differ")
}

// decide sets a pair's state and works out again which record shows which child.
func (s *Service) decide(ctx context.Context, actor Actor, a, b, state, what string) error {
	return s.change(ctx, actor, access.DecideMatches, func(tx *store.Tx, scope access.Scope) error {
		both, err := bothInScope(tx, scope, a, b)
		if err != nil {
			return err
		}
		if !both {
			return store.ErrNotFound
		}
		return s.decideIn(tx, actor, a, b, state, what)
	})
}

func (s *Service) decideIn(tx *store.Tx, actor Actor, a, b, state, what string) error {
	if _, err := tx.Match(actor.Authority, a, b); err != nil {
		return err
	}
	before, err := tx.Matches(actor.Authority)
	if err != nil {
		return err
	}
	if err := tx.DecideMatch(actor.Authority, a, b, state, actor.Account); err != nil {
		return err
	}
	after, err := tx.Matches(actor.Authority)
	if err != nil {
		return err
	}
	// Each half of a record that is taken apart keeps its restrictions, and not the team or
	// the workers of the other; one that was put together has the restrictions of both.
	// Somebody must still be able to change whom they name.
	if was, is := recordsByLinks(before), recordsByLinks(after); recordIn(was, a) == recordIn(was, b) && recordIn(is, a) != recordIn(is, b) {
		if err := s.endOwnWays(tx, actor, recordIn(was, a)); err != nil {
			return err
		}
	}
	err = keepingRecords(tx, actor.Authority, movedBy(before, after), Invalid{{"one", lastOfRecord}}, func() error {
		return s.regroup(tx, actor.Authority, before, after)
	})
	if err != nil {
		return err
	}
	if state == store.MatchLinked && !actor.May(access.Allocate) {
		if err := s.endOwnAllocations(tx, actor, a); err != nil {
			return err
		}
	}
	for _, id := range []string{a, b} {
		if err := s.audit(tx, actor, what, "record", id, min(a, b)+" "+max(a, b)); err != nil {
			return err
		}
	}
	return nil
}

// endOwnAllocations takes a record that a link has just made larger from workers
// who had it only because they added it by hand. A link by somebody who may not
// allocate must not open what a return says to whoever typed a name.
func (s *Service) endOwnAllocations(tx *store.Tx, actor Actor, id string) error {
	c, err := tx.Child(actor.Authority, id)
	if err != nil {
		return err
	}
	held, err := tx.AllocationsOfRecord(actor.Authority, c.Record)
	if err != nil {
		return err
	}
	given := map[string]bool{} // by somebody else
	for _, a := range held {
		given[a.Account] = given[a.Account] || a.BeganBy != a.Account
	}
	for account, byOther := range given {
		if !byOther {
			if err := tx.EndAllocation(actor.Authority, c.Record, account, actor.Account); err != nil {
				return err
			}
			if err := s.audit(tx, actor, "end allocation", "record", c.Record, account); err != nil {
				return err
			}
		}
	}
	return nil
}

// regroup moves children whose record is another one by the links of after than
// by those of before.
func (s *Service) regroup(tx *store.Tx, authority string, before, after []store.Match) error {
	was, is := recordsByLinks(before), recordsByLinks(after)
	affected := movedBy(before, after)
	return s.projecting(tx, authority, affected, func() error {
		for _, id := range affected {
			if recordIn(was, id) == recordIn(is, id) {
				continue
			}
			if err := tx.MoveChild(authority, id, recordIn(is, id)); err != nil {
				return err
			}
		}
		return nil
	})
}

// movedBy are the children whose record is another one by the links of after than by those
// of before, and these records, in a fixed order.
func movedBy(before, after []store.Match) []string {
	was, is := recordsByLinks(before), recordsByLinks(after)
	affected := map[string]bool{}
	for _, links := range []map[string]string{was, is} {
		for id := range links {
			if recordIn(was, id) != recordIn(is, id) {
				affected[id] = true
				affected[recordIn(was, id)] = true
				affected[recordIn(is, id)] = true
			}
		}
	}
	return sortedKeys(affected)
}

func recordIn(links map[string]string, id string) string {
	if record, ok := links[id]; ok {
		return record
	}
	return id
}

// recordsByLinks gives, for every child in a link, the record that shows it: the
// least id among all that are linked together, directly or by way of others.
func recordsByLinks(matches []store.Match) map[string]string {
	parent := map[string]string{}
	var root func(string) string
	root = func(id string) string {
		if p, ok := parent[id]; ok && p != id {
			return root(p)
		}
		return id
	}
	for _, m := range matches {
		if m.State != store.MatchLinked {
			continue
		}
		a, b := root(m.A), root(m.B)
		parent[a], parent[b] = min(a, b), min(a, b)
	}
	out := map[string]string{}
	for id := range parent {
		out[id] = root(id)
	}
	for _, m := range matches {
		if m.State == store.MatchLinked {
			out[m.A], out[m.B] = root(m.A), root(m.B)
		}
	}
	return out
}
