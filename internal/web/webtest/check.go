package webtest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// refused is what a browser says of a page whose status is that of a problem.
var refused = regexp.MustCompile(`^Failed to load resource: the server responded with a status of [45]`)

// Check looks at a page as it is seen on a telephone (360), at 400 % zoom (320)
// and on a desk (1280), with script and, at 360, without. It fails where axe finds
// something, the page is wider than the screen, or the browser complains.
// Pictures, where not empty, is the folder and the beginning of the names of the
// pictures it takes: "docs/screens/caseload" gives caseload-360.png and so on.
func (b *Browser) Check(t *testing.T, v Visit, pictures ...string) {
	t.Helper()
	seen := map[string]bool{} // shapes of the page in which axe has looked at it on a telephone
	for _, look := range []struct {
		name     string
		widths   []int
		noScript bool
	}{{"script", []int{1280, 320, 360}, false}, {"no-script", []int{360}, true}} {
		t.Run(look.name, func(t *testing.T) {
			v := v
			v.Width, v.NoScript = look.widths[0], look.noScript
			tab := b.anew(t, v)
			for _, width := range look.widths {
				tab.look(t, v, width, seen, pictures)
			}
			for _, complaint := range tab.Complaints() {
				if v.Refusal && refused.MatchString(complaint) && strings.HasSuffix(complaint, " "+v.URL) {
					continue
				}
				t.Errorf("the browser on %s: %s", v.URL, complaint)
			}
		})
	}
}

// look looks at the open page at one width. 320 is for the page's width alone: axe sees
// nothing there that it does not see at 360, and nothing without script that it does not
// see with, where the script has left the page as it came.
func (tab *Tab) look(t *testing.T, v Visit, width int, seen map[string]bool, pictures []string) {
	t.Helper()
	tab.do(t, chromedp.EmulateViewport(int64(width), 800))
	name := fmt.Sprint(width)
	if v.NoScript {
		name += "-no-script"
	}
	for _, base := range pictures {
		tab.Picture(t, filepath.FromSlash(base)+"-"+name+".png")
	}
	if wide := Evaluate[int](t, tab, "document.documentElement.scrollWidth"); wide > width {
		t.Errorf("%s is %d wide on a screen of %d: %s", v.URL, wide, width, Evaluate[string](t, tab, widest))
	}
	if width == 320 {
		return
	}
	if width == 360 {
		as := Evaluate[string](t, tab, shape)
		if seen[as] {
			return
		}
		seen[as] = true
	}
	for _, found := range tab.Axe(t) {
		t.Errorf("axe on %s at %d: %s", v.URL, width, found)
	}
}

// shape is all that the page holds, but for the ids of its forms, which are new each time.
const shape = `(() => {
	const page = document.documentElement.cloneNode(true);
	for (const e of page.querySelectorAll("input[type=hidden]")) e.removeAttribute("value");
	return page.outerHTML;
})()`

// widest names the element that reaches furthest to the side, outside regions
// that scroll by themselves.
const widest = `(() => {
	let most = null, reach = 0;
	for (const e of document.querySelectorAll("body *")) {
		if (e.closest(".sf-scroll")) continue;
		const right = e.getBoundingClientRect().right;
		if (right > reach) { reach = right; most = e; }
	}
	return most ? most.outerHTML.slice(0, 200) : "";
})()`
