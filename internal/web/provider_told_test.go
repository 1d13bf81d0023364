package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
)

// That a council's sign-in service does not answer, or does not know this program any more,
// is told to whoever runs it, and names nobody.
func TestTheOperatorIsToldOfASilentSignInService(t *testing.T) {
	for trick, says := range map[string]string{"silent": "does not answer", "unknown client": "refuses this program"} {
		s := newSite(t)
		p := newProvider(t, s)
		var log bytes.Buffer
		s.LogTo(slog.New(slog.NewTextHandler(&log, nil)))
		p.tell(t, dana("g-workers"), "")
		session := p.signIn(t).session()
		p.worksOn(t, session, 16*time.Minute, dana("g-workers"), trick).is(t, http.StatusOK)
		if text := log.String(); !strings.Contains(text, says) || !strings.Contains(text, "authority=999") || strings.Contains(text, "dana") || strings.Contains(text, "Dana") {
			t.Errorf("%s: the log says %q", trick, text)
		}
	}
}
