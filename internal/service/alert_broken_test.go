package service_test

import (
	"bytes"
	"database/sql"
	"log/slog"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/alert"
	"stablefutures/internal/service"
)

// spoil changes something in the database past the program.
func spoil(t *testing.T, raw *sql.DB, text string) {
	t.Helper()
	if result, err := raw.ExecContext(t.Context(), text); err != nil {
		t.Fatal(err)
	} else if n, err := result.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("nothing was changed by %s: %v", text, err)
	}
}

// An alert whose words do not open, or of which nobody can be told, keeps no other
// waiting. The words are not needed to tell of it, nor to say more.
func TestAnAlertThatIsBrokenKeepsNoOtherWaiting(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		w := newWatch(t, h)
		broken := w.send(t)
		h.clock.now = h.clock.now.Add(time.Second)
		sound, err := w.SendAlert(t.Context(), h.come(t, w.worker, w.other), service.NewAlert{ID: w.NewID(), Words: "Help"})
		if err != nil {
			t.Fatal(err)
		}
		raw := h.raw(t)
		spoil(t, raw, `update alert set words = 'x' where id = '`+broken+`'`)
		w.after(t, 5)
		if n, err := w.AlertsWaiting(t.Context(), w.second, ""); err != nil || n != 2 {
			t.Errorf("the next is told of %d alerts, %v", n, err)
		}
		w.reads(t, broken, "passed")
		if before, err := w.OwnSafety(t.Context(), w.young); err != nil || before.First == "" {
			t.Errorf("before sending another: %+v, %v", before, err)
		}
		if id, err := w.SendAlert(t.Context(), w.young, service.NewAlert{ID: w.NewID(), How: alert.Call}); err != nil || id == broken {
			t.Errorf("another alert is refused: %s, %v", id, err)
		}

		spoil(t, raw, `update alert_told set place = 4 where alert_id = '`+broken+`' and place = 1`) // the place of who is told next
		w.clock.now = w.clock.now.Add(5 * time.Minute)
		if err := w.EscalateAlerts(t.Context()); err == nil {
			t.Error("that an alert fails is not told")
		}
		if v, err := w.Alert(t.Context(), w.first, sound); err != nil || v.Told[0].Name != "Name of first" || v.Told[0].Times != 2 {
			t.Errorf("of the other were told %+v, %v", v.Told, err)
		}
	})
}

// An address that does not open keeps nobody from being told: not its owner, on their
// pages, and not those after them. The operator learns whose it is, and nothing else.
func TestAnAddressThatDoesNotOpenKeepsNobodyFromBeingTold(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		var said bytes.Buffer
		h.LogTo(slog.New(slog.NewTextHandler(&said, nil)))
		w := newWatch(t, h)
		spoil(t, h.raw(t), `update duty set email = 'x' where place = 1`)
		w.send(t)
		if got := w.waits(t, w.first, w.worker); got != "first worker" {
			t.Errorf("told were %s", got)
		}
		if !strings.Contains(said.String(), w.first.Account) || strings.Contains(said.String(), w.record) || strings.Contains(said.String(), "council.example") {
			t.Errorf("the operator reads %s", said.String())
		}
		w.after(t, 5)
		server := &post{}
		if err := w.SendMail(t.Context(), server.take); err != nil || len(server.got) != 1 || server.got[0].To != "second@council.example" {
			t.Errorf("sent were %+v, %v", server.got, err)
		}
		if p, err := w.DutyPage(t.Context(), w.manager); err != nil || len(p.Duty) != 2 || p.Duty[0].Email != "" {
			t.Errorf("the manager sees %+v, %v", p.Duty, err)
		}
	})
}
