package service_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/register"
	"stablefutures/internal/returns/template"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// canary stands in every text that can be written about the young person who is erased.
const canary = "Kanarienvogel"

// rows are all rows of every table as text, by table.
func (h *house) rows(t *testing.T) map[string][]string {
	t.Helper()
	raw := h.raw(t)
	defer raw.Close()
	tables := `select name from sqlite_master where type = 'table'`
	if h.db.Engine == store.PostgreSQL {
		tables = `select table_name from information_schema.tables where table_schema = 'public'`
	}
	out := map[string][]string{}
	for _, table := range column(t, raw, tables) {
		for _, row := range column(t, raw, "select * from "+table) {
			out[table] = append(out[table], row)
		}
		slices.Sort(out[table])
	}
	return out
}

// raw is the database past the store.
func (h *house) raw(t *testing.T) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if h.db.Engine == store.PostgreSQL {
		driver = "pgx"
	}
	raw, err := sql.Open(driver, h.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// column are the rows of a query, each as one text.
func column(t *testing.T, raw *sql.DB, query string) (list []string) {
	t.Helper()
	rows, err := raw.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, into := make([]any, len(names)), make([]any, len(names))
		for n := range cells {
			into[n] = &cells[n]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(cells))
		for n, c := range cells {
			if b, ok := c.([]byte); ok {
				c = string(b)
			}
			words[n] = fmt.Sprint(c)
		}
		list = append(list, strings.Join(words, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// planted is a council with somebody of whom every table knows something, and with
// somebody else.
type planted struct {
	worker, manager, second service.Actor
	record, linked, other   string
	talk, reference         string
}

const episodesHead = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"

func plant(t *testing.T, h *house) planted {
	t.Helper()
	p := planted{worker: h.account(t, "worker", access.Worker), manager: h.account(t, "manager", access.Manager), second: h.account(t, "second", access.Manager)}
	theirs := service.NewChild{Name: canary + " Tesfay", LAID: "KN1001", BirthDate: "2010-02-03", Sex: "F", Ethnicity: "BAFR", UPN: "A123456789012"}
	p.record = h.added(t, p.worker, theirs)
	p.linked = h.added(t, p.worker, service.NewChild{Name: canary, LAID: "KN1002"})
	p.other = h.added(t, p.worker, service.NewChild{Name: "Duc Nguyen", LAID: "2002"})
	h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", episodesHead+"KN1001,01/05/2025,S,C2,N1,U6,PR1,,\nKN1002,01/05/2025,S,C2,N1,U6,PR1,,\n2002,01/05/2025,S,C2,N1,U6,PR1,,\n"),
		file("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\nKN1001,03/02/2010,M,01/05/2025,02/05/2025\n"))
	h.take(t, service.ImportOptions{YearEnding: "2026-03-31"}, file("episodes.csv", episodesHead+"KN1001,01/06/2025,S,C2,N1,U6,PR1,,\nKN1002,01/05/2025,S,C2,N1,U6,PR1,,\n2002,01/05/2025,S,C2,N1,U6,PR1,,\n"))
	h.take(t, service.ImportOptions{}, file("register.csv", registerHead+"KN1001,\"Suspected, not referred\",01/02/2026,"+canary+" phones,,,\n"))
	one, two := h.reference(t, p.manager, p.record), h.reference(t, p.manager, p.linked)
	if err := h.Pair(t.Context(), p.manager, one, two); err != nil {
		t.Fatal(err)
	}
	p.record, p.linked = min(p.record, p.linked), max(p.record, p.linked)
	p.reference = h.reference(t, p.manager, p.record)
	for _, of := range []string{p.record, p.other} {
		talk, err := h.StartConversation(t.Context(), p.worker, of, service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "English"})
		if err != nil {
			t.Fatal(err)
		}
		words := "It is quiet."
		if of == p.record {
			p.talk, words = talk, canary+" sings."
		}
		h.say(t, p.worker, service.NewReading{Conversation: talk, Indicator: "home.2", Value: 3, Words: words})
		h.say(t, p.worker, service.NewReading{Conversation: talk, Indicator: "home.2", Voice: conversation.Worker, Value: 5, Evidence: conversation.Seen})
		h.draft(t, p.worker, service.NewReading{Conversation: talk, Value: 4, Words: words})
	}
	page, err := h.Register(t.Context(), p.manager, p.record)
	if err != nil {
		t.Fatal(err)
	}
	entry := register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2026-03-10", register.FieldFirstResponder: canary, register.FieldTypes: "criminal"}
	if err := h.SaveRegister(t.Context(), p.manager, p.record, page.Version, entry); err != nil {
		t.Fatal(err)
	}
	h.restrict(t, p.linked, p.manager, p.second, p.worker)
	err = h.db.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.AddMatch("999", p.other, p.record, child.SameUPN); err != nil {
			return err
		}
		id := h.NewID()
		if err := tx.AddEmergency("999", store.Emergency{ID: id, Child: p.linked, Account: p.worker.Account, Reason: canary, UntilAt: tx.Now}); err != nil {
			return err
		}
		return tx.ReviewEmergency("999", id, p.manager.Account, "right", canary)
	})
	if err != nil {
		t.Fatal(err)
	}
	h.notice(t, p.record, p.worker)
	h.agreesAndShares(t, p.worker, p.record, canary)
	h.asksAndIsAnswered(t, p.worker, p.record, canary)
	y := h.come(t, p.worker, p.record)
	h.remembered(t, y)
	h.locks(t, y, mine)
	h.draws(t, y, canary)
	h.alerted(t, p.worker, p.record, canary)
	return p
}

// draws lets a young person give a drawing, with words beside it, to nobody yet.
func (h *house) draws(t *testing.T, y service.Young, words string) {
	t.Helper()
	err := h.SayOwnWay(t.Context(), y, service.NewOwnSaid{ID: h.NewID(), Kind: "drawing", Words: words, File: drawn(t), Audience: conversation.NobodyYet})
	if err != nil {
		t.Fatal(err)
	}
}

// drawn is a small drawing.
func drawn(t *testing.T) []byte {
	t.Helper()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return drawn.Bytes()
}

// notice tells an account something about a record.
func (h *house) notice(t *testing.T, record string, who service.Actor) {
	t.Helper()
	raw := h.raw(t)
	defer raw.Close()
	if _, err := raw.Exec(`insert into notice (authority, id, account_id, kind, subject_id, at) values ('999', $1, $2, 'emergency', $3, '2026')`, h.NewID(), who.Account, record); err != nil {
		t.Fatal(err)
	}
}

// eraseAsked asks for a record to be erased, with the canary in the reason.
func (h *house) eraseAsked(t *testing.T, p planted) (id string) {
	t.Helper()
	id, err := h.AskDecision(t.Context(), p.manager, service.NewDecision{Act: store.DecideErase, Record: p.record, Reason: canary + " wishes it so."})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) erase(t *testing.T, p planted) {
	t.Helper()
	if _, err := h.Decide(t.Context(), p.second, h.eraseAsked(t, p), true, "Yes, for "+canary); err != nil {
		t.Fatal(err)
	}
}

// Nothing of somebody who was erased is in any table, but ids in the log; others are as
// they were, and what is kept of counts is what is left.
func TestOfSomebodyErasedNothingIsLeft(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		lift := h.ask(t, p.manager, store.DecideLift, p.record)
		before := h.rows(t)
		h.erase(t, p)
		after := h.rows(t)
		for _, table := range store.ErasedTables() {
			if table != "child" && table != "decision" && table != "emergency" && table != "data_key" && len(before[table]) <= len(after[table]) {
				t.Errorf("%s had %d rows and has %d: nothing of the young person was in it, or nothing is gone", table, len(before[table]), len(after[table]))
			}
		}
		allowed := map[string][]string{"child": {p.record, p.linked, p.reference}, "audit": {p.record, p.linked, p.talk, lift}, "decision": {p.record}, "emergency": {p.record, p.linked}, "data_key": {p.record, p.linked}}
		for table, rows := range after {
			for _, row := range rows {
				for _, text := range []string{canary, "KN100", "2010-02-03", "A123456789012", p.record, p.linked, p.talk, p.reference, lift} {
					if strings.Contains(row, text) && !slices.Contains(allowed[table], text) {
						t.Errorf("%s holds %q: %s", table, text, row)
					}
				}
			}
		}
		checkCounts(t, h)
		if list := h.sayings(t, p.worker, p.other); len(list) != 3 {
			t.Errorf("of somebody else is left: %q", list)
		}
		if !strings.Contains(strings.Join(after["standing"], "\n"), p.other) {
			t.Error("somebody else stands nowhere any more")
		}
	})
}

// Every way to the record answers as if it had never been: search, files, figures.
func TestAnErasedRecordIsLikeOneThatNeverWas(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		h.erase(t, p)
		for _, id := range []string{p.record, p.linked, h.NewID()} {
			_, err := h.Record(t.Context(), p.manager, id)
			_, register := h.Register(t.Context(), p.manager, id)
			_, history := h.History(t.Context(), p.manager, id)
			_, ask := h.AskDecision(t.Context(), p.manager, service.NewDecision{Act: store.DecideErase, Record: id, Reason: why})
			for what, err := range map[string]error{"record": err, "register": register, "history": history, "asking": ask} {
				if !errors.Is(err, service.ErrNotFound) {
					t.Errorf("%s of %s: %v", what, id, err)
				}
			}
		}
		if _, err := h.Conversation(t.Context(), p.worker, p.talk); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("the conversation: %v", err)
		}
		for _, find := range []string{canary, "KN1001", p.reference} {
			found, err := h.Caseload(t.Context(), p.manager, find, service.ByName)
			if err != nil || len(found.Rows) != 0 {
				t.Errorf("searching for %q: %v %v", find, err, found.Rows)
			}
		}
		var out bytes.Buffer
		if rows, err := h.ExportRegister(t.Context(), h.operator, &out, template.CSV); err != nil || rows != 0 || strings.Contains(out.String(), "KN100") {
			t.Errorf("the register that leaves has %d rows: %v", rows, err)
		}
		if rows, err := h.ExportReadings(t.Context(), h.operator, &out, template.CSV); err != nil || rows != 2 || strings.Contains(out.String(), canary) {
			t.Errorf("the readings that leave have %d rows: %v", rows, err)
		}
		third := h.account(t, "third", access.Manager)
		if list := h.decisions(t, third); len(list) != 0 {
			t.Errorf("a manager who did not decide sees of the erased record: %+v", list)
		}
		for _, who := range []service.Actor{p.manager, p.second} {
			for _, d := range h.decisions(t, who) {
				if d.Reference != p.reference || d.UsedAt.IsZero() || d.Reason != "" || d.Remark != "" {
					t.Errorf("one of the two sees %+v", d)
				}
			}
		}
	})
}

// Where anything goes wrong while somebody is erased, all of it stays.
func TestErasingIsAllOrNothing(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		id := h.eraseAsked(t, p)
		raw := h.raw(t)
		defer raw.Close()
		stop := `create trigger stop before update of erased_at on child begin select raise(abort, 'the disk is full'); end`
		if h.db.Engine == store.PostgreSQL {
			stop = `alter table child add constraint stop check (erased_at is null)`
		}
		if _, err := raw.Exec(stop); err != nil {
			t.Fatal(err)
		}
		before := h.rows(t)
		if _, err := h.Decide(t.Context(), p.second, id, true, "Yes."); err == nil {
			t.Fatal("the record was erased, and could not be")
		}
		if diff := cmp.Diff(before, h.rows(t)); diff != "" {
			t.Errorf("something of it was done:\n%s", diff)
		}
		if !h.opens(t, p.worker, p.record) {
			t.Error("the record is gone")
		}
	})
}

// A record that became another one by a link since somebody asked is not erased.
func TestWhatIsErasedIsWhatWasAskedFor(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := plant(t, h)
		officer := h.account(t, "officer", access.DataOfficer)
		if _, err := h.AskDecision(t.Context(), officer, service.NewDecision{Act: store.DecideErase, Reference: p.reference, Reason: why}); !strings.Contains(says(err), "no record with this reference") {
			t.Errorf("a data officer asks about a restricted record: %v", err)
		}
		mine := h.reference(t, p.worker, p.other)
		id, err := h.AskDecision(t.Context(), officer, service.NewDecision{Act: store.DecideErase, Reference: " " + strings.ToLower(mine), Reason: why})
		if err != nil {
			t.Fatal(err)
		}
		late := h.added(t, p.worker, service.NewChild{Name: "Arben Hoxha"})
		h.clock.now = h.clock.now.Add(1e9)
		if err := h.Pair(t.Context(), p.manager, mine, h.reference(t, p.worker, late)); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Decide(t.Context(), p.second, id, true, ""); !strings.Contains(says(err), "Since this was asked") {
			t.Errorf("a yes after the link: %v", err)
		}
		if !h.opens(t, p.worker, p.other) || !h.opens(t, p.worker, late) {
			t.Error("a record is gone that nobody asked to erase")
		}
	})
}
