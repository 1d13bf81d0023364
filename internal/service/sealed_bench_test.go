package service_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// BenchmarkSealed is what is done most with sealed columns, on both engines. To know what
// sealing costs, run it on a version from before it too.
func BenchmarkSealed(b *testing.B) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		b.Run(string(engine), func(b *testing.B) {
			dsn := filepath.Join(b.TempDir(), "bench.db")
			if engine == store.PostgreSQL {
				dsn = storetest.Postgres(b)
			}
			benchSealed(b, newBenched(b, dsn))
		})
	}
}

// benched is a council of 900 on the register, one of whom has talked about everything
// eight times.
type benched struct {
	*service.Service
	operator, manager service.Actor
	record, talk      string
}

func newBenched(b *testing.B, dsn string) *benched {
	b.Helper()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	db, err := store.Open(b.Context(), dsn, store.Options{Clock: time.Now, Master: storetest.Master})
	must(err)
	b.Cleanup(func() { db.Close() })
	s, err := service.New(db, time.Now, rand.Reader)
	must(err)
	must(s.AddAuthority(b.Context(), "999", "Fernshire", false))
	h := &benched{Service: s, operator: service.Operator("999")}
	id, err := s.AddAccount(b.Context(), h.operator, service.NewAccount{Username: "manager", Name: "M", Role: access.Manager, Password: password})
	must(err)
	h.manager = service.Actor{Authority: "999", Account: id, Role: access.Manager, Fresh: true}
	var register strings.Builder
	register.WriteString("Child ID,Name,Date of birth,State,Suspected on,Why suspected\n")
	for n := range 900 {
		fmt.Fprintf(&register, "r%d,Young Person %d,03/02/2010,\"Suspected, not referred\",01/06/2025,New phones\n", n, n)
	}
	_, err = s.Import(b.Context(), h.operator, []service.File{file("register.csv", register.String())}, service.ImportOptions{AuthoritySaid: true})
	must(err)
	list, err := s.Caseload(b.Context(), h.manager, "r7", "")
	must(err)
	h.record = list.Rows[0].Record
	for range 8 {
		h.talk, err = s.StartConversation(b.Context(), h.manager, h.record, service.NewConversation{ID: s.NewID(), HeldOn: s.Today(), Language: "Tigrinya"})
		must(err)
		for _, o := range framework.Working().Outcomes() {
			for _, i := range o.Indicators {
				must(h.say(b, i.ID, 3))
			}
		}
	}
	return h
}

func (h *benched) say(b *testing.B, indicator string, value int) error {
	_, err := h.SaveReading(b.Context(), h.manager, service.NewReading{ID: h.NewID(), Conversation: h.talk, Indicator: indicator,
		Voice: conversation.YoungPerson, State: conversation.Answered, Value: value, Words: "It is warm, and nobody asks where I was."})
	return err
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) int64 {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return use.Utime.Nano() + use.Stime.Nano()
}

func benchSealed(b *testing.B, h *benched) {
	run := func(name string, do func(n int) error) {
		b.Run(name, func(b *testing.B) {
			began := processorTime(b)
			for n := 0; b.Loop(); n++ {
				if err := do(n); err != nil {
					b.Fatal(err)
				}
			}
			// On a machine that is shared, this says more than the time that went by.
			b.ReportMetric(float64(processorTime(b)-began)/float64(b.N), "cpu-ns/op")
		})
	}
	ctx := b.Context()
	indicator := framework.Working().Outcomes()[3].Indicators[0].ID
	run("record", func(int) error { _, err := h.Record(ctx, h.manager, h.record); return err })
	run("outcomes", func(int) error { _, err := h.Outcomes(ctx, h.manager, h.record, ""); return err })
	run("caseload-of-900", func(int) error { _, err := h.Caseload(ctx, h.manager, "", service.ByName); return err })
	run("search", func(int) error { _, err := h.Caseload(ctx, h.manager, "young person 77", ""); return err })
	run("reading", func(n int) error { return h.say(b, indicator, 1+n%5) })
	run("import-of-100000", func(n int) error {
		var text strings.Builder
		text.WriteString("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n")
		for i := range 100_000 {
			fmt.Fprintf(&text, "i%d-%d,01/05/2025,S,C2,N1,U6,PR1,,\n", n, i)
		}
		_, err := h.Import(ctx, h.operator, []service.File{file("episodes.csv", text.String())}, service.ImportOptions{YearEnding: "2026-03-31"})
		return err
	})
	run("import-of-100000-days-of-birth", func(n int) error {
		var text strings.Builder
		text.WriteString("CHILD,DOB,REVIEW,REVIEW_CODE\n")
		for i := range 100_000 {
			fmt.Fprintf(&text, "b%d-%d,%02d/%02d/2010,01/05/2025,PN1\n", n, i, 1+i%28, 1+i%12)
		}
		_, err := h.Import(ctx, h.operator, []service.File{file("reviews.csv", text.String())}, service.ImportOptions{YearEnding: "2026-03-31"})
		return err
	})
}
