package service

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

func TestWhatIsKeptServesWhoWaited(t *testing.T) {
	var k keeper
	var made atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			got, err := since(&k, "a", moment{"2026-11-24", 7}, func() (int32, error) { return made.Add(1), nil })
			if err != nil || got != 1 {
				t.Errorf("%d, %v", got, err)
			}
		})
	}
	all.Wait()
	for _, c := range []struct {
		why  string
		now  moment
		want int32
	}{
		{"what was made later serves an earlier reader", moment{"2026-11-24", 6}, 1},
		{"a change asks for a new one", moment{"2026-11-24", 8}, 2},
		{"so does another day", moment{"2026-11-25", 8}, 3},
	} {
		if got, _ := since(&k, "a", c.now, func() (int32, error) { return made.Add(1), nil }); got != c.want {
			t.Errorf("%s: %d, want %d", c.why, got, c.want)
		}
	}
}

func TestWhatCouldNotBeMadeIsNotKept(t *testing.T) {
	var k keeper
	wrong := errors.New("the database is away")
	if _, err := kept(&k, "a", "x", func() (int, error) { return 0, wrong }); !errors.Is(err, wrong) {
		t.Error(err)
	}
	for _, c := range []struct {
		of         string
		made, want int
	}{{"x", 1, 1}, {"x", 2, 1}, {"y", 3, 3}} {
		if got, err := kept(&k, "a", c.of, func() (int, error) { return c.made, nil }); err != nil || got != c.want {
			t.Errorf("made of %s: %d, want %d (%v)", c.of, got, c.want, err)
		}
	}
}
