package service

import (
	"maps"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/store"
)

// mostPairs bounds how many likely matches one value may make: a date of birth
// that twenty children share says nothing about any two of them.
const mostPairs = 20

// findMatches puts before a person the pairs of which one is new or changed and
// whose identities may be one young person's. Two children in one return are two
// children to whoever made it, so that only a shared UPN speaks against that.
func (in *intake) findMatches() error {
	if len(in.touched) == 0 {
		return nil
	}
	stand, err := in.tx.ReturnsOfChildren(in.actor.Authority)
	if err != nil {
		return err
	}
	for id, list := range in.stand { // not there yet in a dry run
		stand[id] = append(stand[id], list...)
	}
	believed := map[string]child.Identity{}
	buckets := map[string][]string{}
	for _, c := range slices.Sorted(maps.Keys(in.identities)) {
		b := child.Believed(slices.Collect(maps.Values(in.identities[c])))
		believed[c] = b
		for _, key := range matchKeys(b) {
			buckets[key] = append(buckets[key], c)
		}
	}
	records := in.recordOf()
	for _, key := range slices.Sorted(maps.Keys(buckets)) {
		if err := in.putPairs(buckets[key], believed, stand, records); err != nil {
			return err
		}
	}
	return nil
}

// recordOf is the record that shows each child.
func (in *intake) recordOf() map[string]string {
	out := make(map[string]string, len(in.children))
	for _, key := range in.children {
		out[key.ID] = key.Record
	}
	return out
}

func (in *intake) putPairs(children []string, believed map[string]child.Identity, stand map[string][]store.Return, records map[string]string) error {
	pairs := 0
	for i, a := range children {
		for _, b := range children[i+1:] {
			if !in.touched[a] && !in.touched[b] || records[a] != "" && records[a] == records[b] {
				continue
			}
			reason, ok := child.Likely(believed[a], believed[b])
			if !ok || reason != child.SameUPN && shareReturn(stand[a], stand[b]) {
				continue
			}
			if pairs++; pairs > mostPairs {
				return nil
			}
			added, err := in.tx.AddMatch(in.actor.Authority, a, b, reason)
			if err != nil {
				return err
			}
			if !added {
				continue
			}
			told, err := in.mayTell(a, b)
			if err != nil {
				return err
			}
			if told {
				in.report.NewMatches++
			}
		}
	}
	return nil
}

// mayTell tells whether whoever takes the files in may know of a pair: a restricted
// record does not show in a count either.
func (in *intake) mayTell(a, b string) (bool, error) {
	if in.actor.reach(access.DecideMatches) == access.None {
		return true, nil // the machine itself
	}
	for _, id := range []string{a, b} {
		hidden, err := in.tx.RestrictedFrom(in.actor.Authority, id, in.actor.Account)
		if hidden || err != nil {
			return false, err
		}
	}
	return true, nil
}

// matchKeys are the values by which two identities can be likely the same.
func matchKeys(i child.Identity) []string {
	var keys []string
	if i.UPN != "" {
		keys = append(keys, "u"+i.UPN)
	}
	if i.BirthDate.Known() && i.Sex != "" && i.Ethnicity != "" {
		keys = append(keys, strings.Join([]string{"b", string(i.BirthDate), i.Sex, i.Ethnicity}, "|"))
	}
	if i.Name != "" {
		keys = append(keys, "n"+child.Fold(i.Name))
	}
	return keys
}

func shareReturn(a, b []store.Return) bool {
	for _, r := range a {
		if slices.Contains(b, r) {
			return true
		}
	}
	return false
}
