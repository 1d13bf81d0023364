package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/locale"
	"stablefutures/internal/media"
	"stablefutures/internal/service"
)

// Where there is no room for a file that day, it is said in their own language, and what
// they typed and chose stays: with a script on the page, without one on the page that
// comes back.
func TestNoRoomForAFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	cookie := s.come(t, s.young(t, "Yusuf Placeholder"), "en")
	form := func(words string) []part {
		return []part{{"id", "", s.NewID()}, {"id", "", s.NewID()}, {"id", "", s.NewID()}, {"id", "", s.NewID()}, {"words", "", words}, {"outcome", "", "home"}, {"who", "", "nobody"},
			{"sound", "a.wav", soundOf(strings.Repeat("x", media.Most-1<<10))}}
	}
	for n := range service.OwnFilesADay / media.Most {
		s.sendOwn(t, cookie, form(fmt.Sprint(n))...).is(t, http.StatusSeeOther)
	}
	full := form("These words stay")
	for _, tag := range locale.Tags {
		s.ask(t, http.MethodPost, "/me/language", url.Values{"language": {tag}}, cookie)
		words, _ := locale.Of(tag)
		p := s.sendOwn(t, cookie, full...)
		p.is(t, http.StatusUnprocessableEntity)
		p.has(t, words.Say("error.day"), "These words stay", `value="home" selected`, `value="nobody" checked`)
	}
	if n := len(s.said(t, cookie)); n != service.OwnFilesADay/media.Most {
		t.Errorf("%d things are kept", n)
	}
	s.now = s.now.Add(time.Second)
	s.sendOwn(t, cookie, full[:len(full)-1]...).is(t, http.StatusSeeOther) // the words alone, on the same form
	if got := s.said(t, cookie)[0]; got.Words != "These words stay" || got.File != "" {
		t.Errorf("kept is %+v", got)
	}
}
