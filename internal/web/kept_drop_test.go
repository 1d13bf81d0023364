package web

import (
	"net/url"
	"strconv"
	"testing"
	"time"
)

// Forms about what is no longer there are let go of; those of another authority, and
// those of other pages, are kept.
func TestFormsAboutWhatIsGoneAreDropped(t *testing.T) {
	made := 0
	k := &keeper{now: func() time.Time { return time.Unix(0, 0) }, newID: func() string { made++; return strconv.Itoa(made) }, each: 9, bytes: 1000}
	put := func(o owner, page string) (kept func() bool) {
		id := k.put(o, page, filled{values: url.Values{"words": {"It is quiet."}}})
		return func() bool { _, ok := k.get(o, page, id); return ok }
	}
	ours, theirs := owner{"999", "a"}, owner{"998", "b"}
	gone, stays, elsewhere := put(ours, "/records/one/register"), put(ours, "/records/two/register"), put(theirs, "/records/one/register")
	k.drop("999", func(page string) bool { return page == "/records/one/register" })
	if gone() || !stays() || !elsewhere() {
		t.Errorf("about what is gone: %v; about another: %v; of another authority: %v", gone(), stays(), elsewhere())
	}
}
