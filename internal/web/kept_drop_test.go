package web

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/service"
)

// Forms about what is no longer there are let go of; those of another authority, and
// those of other pages, are kept.
func TestFormsAboutWhatIsGoneAreDropped(t *testing.T) {
	made := 0
	k := &keeper{now: func() time.Time { return time.Unix(0, 0) }, newID: func() string { made++; return strconv.Itoa(made) }, each: 9, bytes: 1000}
	put := func(o owner, page string, more ...any) (kept func() bool) {
		id := k.put(o, page, filled{values: url.Values{"words": {"It is quiet."}}, more: more})
		return func() bool { _, ok := k.get(o, page, id); return ok }
	}
	ours, theirs := owner{"999", "a"}, owner{"998", "b"}
	gone, stays, elsewhere := put(ours, "/records/one/register"), put(ours, "/records/two/register"), put(theirs, "/records/one/register")
	likely, typed := put(ours, "/records/new", []service.Duplicate{{Record: "one"}}), k.put(ours, "/matches", filled{values: url.Values{"other": {"one"}}})
	sentOn := put(ours, resumePage, unsentForm{"/records/one/identity", "who they are"})
	k.drop("999", func(text string) bool { return strings.Contains(text, "one") })
	if gone() || !stays() || !elsewhere() {
		t.Errorf("about what is gone: %v; about another: %v; of another authority: %v", gone(), stays(), elsewhere())
	}
	if _, held := k.get(ours, "/matches", typed); held || likely() || sentOn() {
		t.Errorf("what was typed of it: %v; likely to be it: %v; to be sent on about it: %v", held, likely(), sentOn())
	}
}
