package service

import (
	"maps"
	"slices"
	"time"
)

// waits is something that waits in memory, for a while, for somebody's yes.
type waits interface {
	// wait is whose it is, since when it waits, and until when.
	wait() (owner [2]string, since, until time.Time)
}

// hold adds something to what waits under ids, in the place of what waited under the same
// id. What has waited too long goes, and the oldest where there would be more than own of
// one owner, or more than most in all.
func hold[T waits](held map[string]T, id string, one T, own, most int) map[string]T {
	if held == nil {
		held = map[string]T{}
	}
	owner, now, _ := one.wait()
	delete(held, id)
	maps.DeleteFunc(held, func(_ string, other T) bool {
		_, _, until := other.wait()
		return now.After(until)
	})
	shed(held, own, func(other T) bool {
		whose, _, _ := other.wait()
		return whose == owner
	})
	shed(held, most, func(T) bool { return true })
	held[id] = one
	return held
}

// shed lets go of the oldest of some until there is room for one more.
func shed[T waits](held map[string]T, most int, which func(T) bool) {
	since := map[string]time.Time{}
	for id, one := range held {
		if which(one) {
			_, since[id], _ = one.wait()
		}
	}
	ids := slices.SortedFunc(maps.Keys(since), func(a, b string) int { return since[a].Compare(since[b]) })
	for n := 0; len(ids)-n >= most; n++ {
		delete(held, ids[n])
	}
}
