package store_test

import (
	"crypto/aes"
	"crypto/cipher"
	"database/sql"
	"encoding/base64"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"stablefutures/internal/access"
	"stablefutures/internal/seal"
	"stablefutures/internal/store"
	"stablefutures/internal/store/storetest"
)

// A database of before second factors keeps its people and their roles. A password
// that somebody else had set opens nothing any more, and everybody signs in anew.
func TestADatabaseOfBeforeSecondFactorsIsBroughtUpToDate(t *testing.T) {
	storetest.EmptyEngines(t, func(t *testing.T, dsn string) {
		before(t, dsn, 3,
			`insert into authority (code, name, fictional, edition, version, created_at) values ('999', 'Fernshire', 0, 'e', 0, '')`,
			`insert into account (authority, id, username, name, role, password, created_at, created_by, one_time) values ('999', 'a', 'ada', 'Ada', 'administrator', 'kept', '', '', 0)`,
			`insert into account (authority, id, username, name, role, password, created_at, created_by, one_time) values ('999', 'b', 'ben', 'Ben', 'data-officer', 'set by ada', '', 'a', 1)`,
			`insert into session (authority, token_hash, account_id, created_at, seen_at) values ('999', 'h', 'a', '2026-03-31T11:59:00.000000Z', '2026-03-31T11:59:00.000000Z')`)
		db := open(t, dsn)
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for id, want := range map[string]store.Account{"a": {Role: access.Administrator, Password: "kept"}, "b": {Role: access.DataOfficer}} {
				if got, err := tx.Account("999", id); err != nil || got.Role != want.Role || got.Password != want.Password {
					t.Errorf("%s is %+v, %v", id, got, err)
				}
			}
			if session, err := tx.WasSession("999", "h"); err != nil || session.EndedAt.IsZero() {
				t.Errorf("the session goes on: %+v, %v", session, err)
			}
			// Which roles there are is the program's to say.
			return tx.ChangeAccount("999", "b", "Ben", "auditor")
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A database of before names of staff were sealed: everybody is still found who signs in,
// by whichever way, nothing of who they are stays readable, and no name is given twice.
// A secret that somebody had changed keeps nobody else from working.
func TestADatabaseOfBeforeStaffWereSealedIsBroughtUpToDate(t *testing.T) {
	storetest.EmptyEngines(t, func(t *testing.T, dsn string) {
		ring, err := seal.NewKeyring()
		if err != nil {
			t.Fatal(err)
		}
		wrapped, err := ring.Wrap(storetest.Master)
		if err != nil {
			t.Fatal(err)
		}
		account := `insert into account (authority, id, username, name, role, password, created_at, created_by, issuer, subject) values `
		before(t, dsn, 13,
			`insert into authority (code, name, fictional, edition, version, created_at) values ('998', 'Elsewhere', 0, 'e', 0, ''), ('999', 'Fernshire', 0, 'e', 0, '')`,
			`insert into keyring (id, wrapped, generation, sealed_at) values (1, '`+base64.StdEncoding.EncodeToString(wrapped)+`', 1, '2026-03-31T11:59:00.000000Z')`,
			`insert into seal_key (id, made_at) values ('`+ring.Primary()+`', '')`,
			account+`('999', 'a', 'plain.ada', 'Plain Ada', 'administrator', 'of ada', '', '', '', '')`,
			account+`('999', 'b', 'plain.ben', 'Plain Ben', 'worker', 'of ben', '', 'a', 'https://one', 'plain-subject')`,
			account+`('999', 'c', 's1.cleo', 's1.Cleo', 'worker', 'of cleo', '', 'a', '', '')`,
			account+`('998', 'a', 'plain.ada', 'Plain Ada', 'manager', 'elsewhere', '', '', 'https://one', 'plain-subject')`,
			`insert into team (authority, id, name, created_at, created_by) values ('999', 't', 'Plain team', '', 'a')`,
			`insert into agency (authority, id, name, kind, created_at, created_by) values ('999', 'g', 'Plain agency', 'other', '', 'a')`,
			`insert into passkey (authority, credential, account_id, public_key, uses, backup_eligible, name, created_at, used_at) values ('999', 'AAAA', 'a', 'AAAA', 0, 0, 'Plain phone', '', '')`,
			`insert into code_app (authority, account_id, secret, last_step, created_at) values ('999', 'a', '`+earlierSecret(t, ring, "code_app.secret 999/a", "of the app")+`', 0, '')`,
			`insert into code_app (authority, account_id, secret, last_step, created_at) values ('999', 'b', '`+earlierSecret(t, ring, "code_app.secret 999/a", "moved")+`', 0, '')`,
			`insert into provider (authority, issuer, client, secret, claim, label, created_at) values ('999', 'https://one', 'c', '`+earlierSecret(t, ring, "provider.secret 999", "of the client")+`', '', '', '')`,
			`insert into child (authority, id, reference, record_id, created_at, created_by) values ('999', 'y', 'R', 'y', '', '')`,
			`insert into consent (authority, number, id, child_id, purpose, agency_id, section, basis, answer, how, language, asked_on, expires_on, replaces, remark, recorded_at, recorded_by)
				values ('999', 1, 'k', 'y', 'study', '', '', 'consent', 'agreed', 'spoken', 'Plain language', '2026-01-01', '', '', 'Plain remark', '', 'a')`)
		for _, db := range []*store.DB{open(t, dsn), open(t, dsn)} {
			wantStaff(t, db)
		}
		raw := past(t, open(t, dsn), dsn)
		for _, columns := range []string{"account: username || username_hash || name || subject || subject_hash", "team: name", "agency: name", "passkey: name", "consent: language || remark"} {
			table, text, _ := strings.Cut(columns, ": ")
			if n := count(t, raw, "select count(*) from "+table+" where lower("+text+") like '%plain%' or "+text+" like '%cleo%'"); n != 0 {
				t.Errorf("%d rows of %s are still plain", n, table)
			}
		}
	})
}

// wantStaff holds what the store gives to what was there before.
func wantStaff(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		for _, want := range []store.Account{
			{Authority: "999", Username: "plain.ada", Name: "Plain Ada", Password: "of ada"},
			{Authority: "999", Username: "plain.ben", Name: "Plain Ben", Password: "of ben", Issuer: "https://one", Subject: "plain-subject"},
			{Authority: "999", Username: "s1.cleo", Name: "s1.Cleo", Password: "of cleo"},
			{Authority: "998", Username: "plain.ada", Name: "Plain Ada", Password: "elsewhere", Issuer: "https://one", Subject: "plain-subject"},
		} {
			got, err := tx.AccountNamed(want.Authority, want.Username)
			if err != nil || got.Username != want.Username || got.Name != want.Name || got.Password != want.Password || got.Subject != want.Subject {
				t.Errorf("%s of %s is %+v, %v", want.Username, want.Authority, got, err)
			}
			if want.Subject == "" {
				continue
			}
			if got, err := tx.AccountOf(want.Authority, want.Issuer, want.Subject); err != nil || got.Username != want.Username {
				t.Errorf("%s of %s is %+v, %v", want.Subject, want.Authority, got, err)
			}
		}
		teams, err := tx.Teams("999")
		agencies, err2 := tx.Agencies("999")
		passkeys, err3 := tx.Passkeys("999", "a")
		app, err4 := tx.CodeApp("999", "a")
		service, err5 := tx.Provider("999")
		said, err6 := tx.ConsentOfRecord("999", "y")
		if err := errors.Join(err, err2, err3, err4, err5, err6); err != nil {
			return err
		}
		got := []string{teams[0].Name, agencies[0].Name, passkeys[0].Name, string(app.Secret), string(service.Secret), said[0].Language, said[0].Remark}
		if want := []string{"Plain team", "Plain agency", "Plain phone", "of the app", "of the client", "Plain language", "Plain remark"}; !slices.Equal(got, want) {
			t.Errorf("%q, not %q", got, want)
		}
		if _, err := tx.CodeApp("999", "b"); !errors.Is(err, store.ErrTampered) {
			t.Errorf("a secret that was moved: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddAccount(store.Account{Authority: "999", ID: "z", Username: "plain.ada", Role: access.Worker})
	})
	if !errors.Is(err, store.ErrConflict) {
		t.Errorf("a name that is taken: %v", err)
	}
}

// earlierSecret is a secret as versions up to 13 of the schema sealed it.
func earlierSecret(t *testing.T, ring *seal.Keyring, about, secret string) string {
	t.Helper()
	block, err := aes.NewCipher(ring.Derive("totp"))
	if err != nil {
		t.Fatal(err)
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	nonce := make([]byte, box.NonceSize())
	return base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(secret), []byte(about)))
}

// before makes a database as it was at a version, with these rows.
func before(t *testing.T, dsn string, version int64, rows ...string) {
	t.Helper()
	driver, dialect := "sqlite", goose.DialectSQLite3
	if store.IsPostgreSQL(dsn) {
		driver, dialect = "pgx", goose.DialectPostgres
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	old, err := goose.NewProvider(dialect, db, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if _, err := db.ExecContext(t.Context(), row); err != nil {
			t.Fatalf("%v\n%s", err, row)
		}
	}
}
