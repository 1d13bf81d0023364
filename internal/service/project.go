package service

import (
	"cmp"
	"maps"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/store"
)

// Groups of records in the tallies: how the record stands on the register.
const (
	GroupReferred  = "referred"
	GroupSuspected = "suspected"
	GroupClosed    = "closed"
	GroupNone      = "none"
)

// Measures of the tallies.
const (
	MeasureNow   = "now"   // buckets "1" to "5" and the states
	MeasureMoved = "moved" // up, same, down, once
	MeasureApart = "apart" // apart, together: both voices answer now, of an outcome on one indicator at least
)

// groupOf is the group of a record with these current register entries: where
// linked records hold several, the one that says most.
func groupOf(entries []register.Entry) string {
	group := GroupNone
	for _, e := range entries {
		switch {
		case e["closed-on"] != "":
			group = stronger(group, GroupClosed)
		case e.State() == register.Referred:
			group = stronger(group, GroupReferred)
		case e.State() == register.Suspected:
			group = stronger(group, GroupSuspected)
		}
	}
	return group
}

var groupsByStrength = []string{GroupNone, GroupClosed, GroupSuspected, GroupReferred}

func stronger(a, b string) string {
	if slices.Index(groupsByStrength, b) > slices.Index(groupsByStrength, a) {
		return b
	}
	return a
}

// currentVersions are the latest versions of a record's entries, by child.
func currentVersions(versions []store.RegisterVersion) []store.RegisterVersion {
	latest := map[string]store.RegisterVersion{}
	for _, v := range versions {
		if v.Version > latest[v.Child].Version {
			latest[v.Child] = v
		}
	}
	return slices.SortedFunc(maps.Values(latest), func(a, b store.RegisterVersion) int { return cmp.Compare(a.Child, b.Child) })
}

// currentEntries are the entries of the latest versions, by child.
func currentEntries(versions []store.RegisterVersion) []register.Entry {
	var entries []register.Entry
	for _, v := range currentVersions(versions) {
		entries = append(entries, v.Entry)
	}
	return entries
}

// share is what one record adds to the tallies.
type share map[store.Tally]int

// shareOf is what a record in a group adds with its standings. Among them must be
// both voices of every indicator of each outcome that is counted, because the
// voices can only be apart on an indicator: of an outcome it is the indicator on
// which they are furthest apart that counts.
func shareOf(group string, standings []store.Standing, editions map[string]*framework.Edition) share {
	out := share{}
	voices := map[item]map[conversation.Voice]conversation.Standing{}
	add := func(i item, measure, bucket string) {
		if bucket != "" {
			out[store.Tally{Edition: i.edition, Item: i.id, Group: group, Measure: measure, Bucket: bucket}]++
		}
	}
	for _, s := range standings {
		i := item{s.Edition, s.Item}
		if voices[i] == nil {
			voices[i] = map[conversation.Voice]conversation.Standing{}
		}
		voices[i][s.Voice] = s.Standing
		if s.Voice == conversation.YoungPerson {
			add(i, MeasureNow, s.Now())
			add(i, MeasureMoved, s.Moved())
		}
	}
	furthest := map[item]int{}
	for i, v := range voices {
		outcome, ok := outcomeOf(editions[i.edition], i.id)
		if !ok {
			continue // an outcome itself, or of an edition that is not held any more
		}
		if steps, ok := conversation.Gap(v[conversation.YoungPerson], v[conversation.Worker]); ok {
			add(i, MeasureApart, apartBucket(steps))
			whole := item{i.edition, outcome}
			if before, ok := furthest[whole]; !ok || steps > before {
				furthest[whole] = steps
			}
		}
	}
	for i, steps := range furthest {
		add(i, MeasureApart, apartBucket(steps))
	}
	return out
}

// item is an outcome or an indicator of an edition.
type item struct{ edition, id string }

func apartBucket(steps int) string {
	if steps >= conversation.StepsApart {
		return "apart"
	}
	return "together"
}

// talliesMoved is how the tallies change from what a record added to what it adds now, in
// a fixed order.
func talliesMoved(before, after share) []store.Tally {
	change := share{}
	for t, n := range after {
		change[t] += n
	}
	for t, n := range before {
		change[t] -= n
	}
	keys := make([]store.Tally, 0, len(change))
	for t, n := range change {
		if n != 0 {
			keys = append(keys, t)
		}
	}
	slices.SortFunc(keys, func(a, b store.Tally) int {
		return cmp.Or(cmp.Compare(a.Edition, b.Edition), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Group, b.Group),
			cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Bucket, b.Bucket))
	})
	for i, t := range keys {
		keys[i].N = change[t]
	}
	return keys
}

// projecting runs do, which changes readings, register entries or links of the
// records, and brings standings and tallies of exactly these records up to date.
func (s *Service) projecting(tx *store.Tx, authority string, records []string, do func() error) error {
	editions, err := s.editionsIn(tx, authority)
	if err != nil {
		return err
	}
	before := share{}
	for _, record := range records {
		if err := addShare(tx, authority, record, editions, before); err != nil {
			return err
		}
	}
	if err := do(); err != nil {
		return err
	}
	after := share{}
	for _, record := range records {
		if err := restand(tx, authority, record, editions); err != nil {
			return err
		}
		if err := addShare(tx, authority, record, editions, after); err != nil {
			return err
		}
	}
	return tx.Move(authority, store.Movement{Tallies: talliesMoved(before, after)})
}

func addShare(tx *store.Tx, authority, record string, editions map[string]*framework.Edition, total share) error {
	versions, err := tx.RegisterOfRecord(authority, record)
	if err != nil {
		return err
	}
	standings, err := tx.StandingsOfRecord(authority, record)
	if err != nil {
		return err
	}
	for t, n := range shareOf(groupOf(currentEntries(versions)), standings, editions) {
		total[t] += n
	}
	return nil
}

// restand works a record's standings out again from its readings.
func restand(tx *store.Tx, authority, record string, editions map[string]*framework.Edition) error {
	old, err := tx.StandingsOfRecord(authority, record)
	if err != nil {
		return err
	}
	readings, err := tx.ReadingsOfRecord(authority, record)
	if err != nil {
		return err
	}
	fresh := standingsOf(record, readings, editions)
	kept, move := map[store.Standing]bool{}, store.Movement{}
	for _, s := range old {
		kept[s] = true
		if _, ok := fresh[standingKey(s)]; !ok {
			move.Drop = append(move.Drop, s)
		}
	}
	for _, s := range fresh {
		if !kept[s] {
			move.Put = append(move.Put, s)
		}
	}
	return tx.Move(authority, move)
}

// itemKey names one voice on one item.
type itemKey struct {
	edition, item string
	voice         conversation.Voice
}

func standingKey(s store.Standing) itemKey { return itemKey{s.Edition, s.Item, s.Voice} }

// standingsOf are the standings of a record with these readings, for every
// indicator and for every outcome as a whole. A reading to an edition that is
// not held any more counts for its indicator alone.
func standingsOf(record string, readings []conversation.Reading, editions map[string]*framework.Edition) map[itemKey]store.Standing {
	byItem := map[itemKey][]conversation.Reading{}
	for _, r := range conversation.Heads(readings) {
		k := itemKey{r.Edition, r.Indicator, r.Voice}
		byItem[k] = append(byItem[k], r)
		if outcome, ok := outcomeOf(editions[r.Edition], r.Indicator); ok {
			k.item = outcome
			byItem[k] = append(byItem[k], r)
		}
	}
	out := map[itemKey]store.Standing{}
	for k, heads := range byItem {
		if standing, ok := conversation.Stand(conversation.Path(heads)); ok {
			out[k] = store.Standing{Record: record, Edition: k.edition, Item: k.item, Voice: k.voice, Standing: standing}
		}
	}
	return out
}

func outcomeOf(e *framework.Edition, indicator string) (string, bool) {
	if e == nil {
		return "", false
	}
	o, ok := e.OutcomeOf(indicator)
	return o.ID, ok
}

func sortedKeys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
