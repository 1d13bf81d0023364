package service_test

import (
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// plantedTexts are texts that a thief of the database must not find in it.
var plantedTexts = []string{
	"Zebedee Quartermaine", "Quartermaine", "Xiomara Vantongeren", "Vantongeren", // names: by hand, from a register file
	"2009-07-23", "23/07/2009", "2010-01-19", "19/01/2010", "2008-11-07", // days of birth: by hand, of the file, of a return
	"A9012345678AZ", "B8812345678QP", // pupils' numbers
	"I hear the kettle whistle at Mulberrygate", "the lodger smells of paraffin", // a reading, and a draft
	"Nightingale-Okonkwo", "07700 900817", // of the guardian
	"Ultramarine dialect", "kestrel-return.csv",
}

// plantAll puts what is plantedTexts into a council through the door, by every way in. It
// gives a manager, a worker, the record by hand and its conversation.
func plantAll(t *testing.T, h *house) (manager, worker service.Actor, record, talk string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	manager, worker = h.account(t, "plants", access.Manager), h.account(t, "talks", access.Worker)
	record, _, err := h.AddChild(t.Context(), manager, service.NewChild{ID: h.NewID(), Name: "Zebedee Quartermaine", BirthDate: "2009-07-23", Sex: "M", UPN: "A9012345678AZ"})
	must(err)
	must(h.Allocate(t.Context(), manager, record, []string{worker.Account}))
	h.take(t, service.ImportOptions{YearEnding: "2026-03-31"},
		file("kestrel-return.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n77001,2,07/11/2008,WBRI,B8812345678QP,,\n"),
		file("names.csv", "Child ID,Name,Date of birth,State,Suspected on,Why suspected\n77002,Xiomara Vantongeren,19/01/2010,\"Suspected, not referred\",01/06/2025,New phones\n"))
	page, err := h.Register(t.Context(), manager, record)
	must(err)
	entry := register.Entry{register.FieldState: string(register.Suspected), register.FieldSuspectedOn: "2026-05-01",
		register.FieldNote: "Guardian is Nightingale-Okonkwo, 07700 900817"}
	must(h.SaveRegister(t.Context(), manager, record, page.Version, entry))
	talk, err = h.StartConversation(t.Context(), worker, record, service.NewConversation{ID: h.NewID(), HeldOn: "2026-11-20", Language: "Ultramarine dialect"})
	must(err)
	indicators := framework.Working().Outcomes()[0].Indicators
	_, err = h.SaveReading(t.Context(), worker, service.NewReading{ID: h.NewID(), Conversation: talk, Indicator: indicators[0].ID, Voice: conversation.YoungPerson,
		State: conversation.Answered, Value: 2, Words: "I hear the kettle whistle at Mulberrygate"})
	must(err)
	must(h.SaveDraft(t.Context(), worker, service.NewReading{Conversation: talk, Indicator: indicators[1].ID, Voice: conversation.YoungPerson, Words: "the lodger smells of paraffin"}))
	return manager, worker, record, talk
}

// A stolen database, and a backup that was opened, show no name, no day of birth, no
// number and no word of a young person, and not who works with them, whichever way it is
// written; through the door all of it is there.
func TestAStolenDatabaseShowsNobody(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		manager, worker, record, talk := plantAll(t, h)
		staff := plantStaff(t, h, manager, record)
		everything := steal(t, h)
		everything["a backup"] = inBackup(t, h)
		for where, stolen := range everything {
			for _, text := range slices.Concat(plantedTexts, plantedStaff) {
				for _, form := range formsOf(text) {
					if strings.Contains(stolen, form) {
						t.Errorf("%s shows %q (%q)", where, text, form)
					}
				}
			}
		}
		shown := throughTheDoor(t, h, manager, worker, record, talk)
		for _, text := range plantedTexts {
			if !strings.Contains(shown, text) && !strings.Contains(text, "/") {
				t.Errorf("through the door %q is not there", text)
			}
		}
		shown = staffThroughTheDoor(t, h, manager, staff, record)
		for _, text := range plantedStaff {
			if before := text == "Zenobia Featherstone"; strings.Contains(shown, text) == before {
				t.Errorf("through the door %q is there: %v", text, before)
			}
		}
	})
}

// steal is everything that lies on the disk: the files of SQLite as they are, and each
// row of each table of PostgreSQL as text.
func steal(t *testing.T, h *house) map[string]string {
	t.Helper()
	stolen := map[string]string{}
	if h.db.Engine == store.SQLite {
		for _, end := range []string{"", "-wal", "-shm"} {
			data, err := os.ReadFile(h.dsn + end)
			if err != nil {
				t.Fatal(err)
			}
			stolen["test.db"+end] = string(data)
		}
		return stolen
	}
	db := h.raw(t)
	tables, err := db.Query("select table_name from information_schema.tables where table_schema = 'public'")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range texts(t, tables) {
		rows, err := db.Query("select x::text from " + table + " x")
		if err != nil {
			t.Fatal(err)
		}
		stolen[table] = strings.Join(texts(t, rows), "\n")
	}
	if len(stolen) < 15 {
		t.Errorf("only %d tables were looked through", len(stolen))
	}
	return stolen
}

func texts(t *testing.T, rows *sql.Rows) (list []string) {
	t.Helper()
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

// formsOf is a text as it may be written: in capitals, in base64 wherever it begins
// there, and in hex.
func formsOf(text string) []string {
	forms := []string{text, strings.ToUpper(text), strings.ToLower(text), hex.EncodeToString([]byte(text)), strings.ToUpper(hex.EncodeToString([]byte(text)))}
	for before := range 3 {
		whole := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + text))
		forms = append(forms, whole[(before*8+5)/6:len(whole)-1])
	}
	return forms
}

// throughTheDoor is what people are shown, as text.
func throughTheDoor(t *testing.T, h *house, manager, worker service.Actor, record, talk string) string {
	t.Helper()
	var shown strings.Builder
	show := func(what any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&shown, "%+v\n", what)
	}
	for _, reference := range []string{"77001", "77002", "Zebedee"} {
		list, err := h.Caseload(t.Context(), manager, reference, "")
		show(list.Rows, err)
		for _, row := range list.Rows {
			r, err := h.Record(t.Context(), manager, row.Record)
			show(r.Sources, err)
			show(r.Register, err)
			show(r.Words, err)
			show(r.Deliveries, err)
		}
	}
	held, err := h.Conversation(t.Context(), worker, talk)
	show(held, err)
	return shown.String()
}

// What was put into another row past the program is told, and is nobody's name.
func TestASwappedValueIsTold(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		manager := h.account(t, "manager", access.Manager)
		var records []string
		for _, name := range []string{"Ada Lovelace", "Grace Hopper"} {
			record, _, err := h.AddChild(t.Context(), manager, service.NewChild{ID: h.NewID(), Name: name})
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, record)
		}
		db := h.raw(t)
		swap := func(table, column string) {
			t.Helper()
			var values []string
			for _, record := range records {
				rows, err := db.Query(fmt.Sprintf("select %s from %s where child_id = '%s'", column, table, record))
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, texts(t, rows)...)
			}
			for n, record := range records {
				if _, err := db.Exec(fmt.Sprintf("update %s set %s = '%s' where child_id = '%s'", table, column, values[1-n], record)); err != nil {
					t.Fatal(err)
				}
			}
		}
		swapped := func(what string) {
			t.Helper()
			r, err := h.Record(t.Context(), manager, records[0])
			if !errors.Is(err, store.ErrTampered) || r.Head.Name != "" && r.Head.Name != "Ada Lovelace" {
				t.Errorf("after %s the record is of %q: %v", what, r.Head.Name, err)
			}
		}
		swap("identity", "name")
		swapped("swapping names")
		swap("data_key", "wrapped")
		swapped("swapping names and keys")
		swap("identity", "name")
		swapped("swapping keys")
		swap("data_key", "wrapped")
		if r, err := h.Record(t.Context(), manager, records[0]); err != nil || r.Head.Name != "Ada Lovelace" {
			t.Errorf("put back, the record is of %q: %v", r.Head.Name, err)
		}
		if _, err := db.Exec("update identity set name = 'Mallory'"); err != nil {
			t.Fatal(err)
		}
		swapped("writing a plain name")
	})
}

// Whole words of a name and the beginnings of words find it, as people type them; what
// stands in the middle of a word finds nobody.
func TestNamesAreFoundByWordsAndBeginnings(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		manager := h.account(t, "manager", access.Manager)
		records := map[string]string{}
		for _, name := range []string{"Nguyễn Thị Linh", "Linda Nguyen", "O’Brien-Extraordinarily Long", "Bo", "Li X"} {
			record, _, err := h.AddChild(t.Context(), manager, service.NewChild{ID: h.NewID(), Name: name})
			if err != nil {
				t.Fatal(err)
			}
			records[name] = record
		}
		finds := func(search string, names ...string) {
			t.Helper()
			list, err := h.Caseload(t.Context(), manager, search, service.ByName)
			var got []string
			for _, row := range list.Rows {
				got = append(got, row.Name)
			}
			if err != nil || strings.Join(got, "; ") != strings.Join(names, "; ") {
				t.Errorf("%q finds %v, not %v: %v", search, got, names, err)
			}
		}
		finds("nguyen", "Linda Nguyen", "Nguyễn Thị Linh")
		finds("NGUY", "Linda Nguyen", "Nguyễn Thị Linh")
		finds("lin", "Linda Nguyen", "Nguyễn Thị Linh")
		finds("linh", "Nguyễn Thị Linh")
		finds("nguyen thi", "Nguyễn Thị Linh")
		finds("thi nguyen")
		finds("thi l", "Nguyễn Thị Linh")
		finds("extraordi", "O’Brien-Extraordinarily Long")
		finds("extraordinarily", "O’Brien-Extraordinarily Long")
		finds("extraordinate")
		finds("o brien", "O’Brien-Extraordinarily Long")
		finds("bo", "Bo")
		finds("x", "Li X")
		finds("guyen")
		finds("!")
		if err := h.CorrectIdentity(t.Context(), manager, records["Bo"], service.NewChild{Name: "Beau"}); err != nil {
			t.Fatal(err)
		}
		finds("bo")
		finds("bea", "Beau")
	})
}
