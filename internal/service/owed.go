package service

import "sync"

// owed counts, by account, the caseloads that were shown on a full disk, and whose
// entry in the log is made with the next one. The people on it are those whom their
// worker may have to find tonight, so that it is shown without; what shows more than
// that, a record or a search, is not. The counts are in memory: a program that ends
// before there is room again has lost them.
type owed struct {
	mu sync.Mutex
	n  map[string]int
}

// take gives what is owed to whoever writes it now, and to nobody else: what they cannot
// keep they add again.
func (o *owed) take(actor Actor) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := o.n[actor.Authority+"/"+actor.Account]
	delete(o.n, actor.Authority+"/"+actor.Account)
	return n
}

func (o *owed) add(actor Actor, n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.n == nil {
		o.n = map[string]int{}
	}
	o.n[actor.Authority+"/"+actor.Account] += n
}
