package service

import (
	"sync"
	"testing"
)

// What is owed is put into one entry, also where several caseloads are opened at once;
// what could not be kept is owed as before.
func TestWhatIsOwedIsTakenOnce(t *testing.T) {
	var o owed
	who := Actor{Authority: "999", Account: "a"}
	o.add(who, 7)
	var all sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 8 {
		all.Go(func() {
			n := o.take(who)
			mu.Lock()
			defer mu.Unlock()
			made += n
		})
	}
	all.Wait()
	if made != 7 {
		t.Errorf("%d were written, 7 were owed", made)
	}
	o.add(who, 7)
	if n := o.take(who); n != 7 {
		t.Errorf("%d are owed after what could not be kept", n)
	}
}
