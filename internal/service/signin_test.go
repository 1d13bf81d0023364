package service_test

import (
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// enrol signs somebody in who has a password alone, and gives them a phone.
func (h *house) enrol(t *testing.T, username string) (secret []byte, codes []string, in service.SignedIn) {
	t.Helper()
	begun, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: password}, service.Visitor{})
	if err != nil || !begun.Actor.Unfinished {
		t.Fatalf("signed in as %+v: %v", begun.Actor, err)
	}
	offer, err := h.OfferApp(t.Context(), begun.Actor, begun.Token)
	if err != nil {
		t.Fatal(err)
	}
	secret, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(offer.Text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	in, codes, err = h.SetUpCode(t.Context(), begun.Actor, begun.Token, service.SetUp{Code: h.code(t, secret, -30*time.Second)}, service.Visitor{})
	if err != nil {
		t.Fatal(err)
	}
	return secret, codes, in
}

func (h *house) code(t *testing.T, secret []byte, at time.Duration) string {
	t.Helper()
	code, err := signin.CodeAt(secret, h.clock.now.Add(at))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// stolen is the database past the door, as somebody has it who stole it.
func (h *house) stolen(t *testing.T) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if store.IsPostgreSQL(h.dsn) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, h.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// dump is all that stands in tables.
func (h *house) dump(t *testing.T, tables ...string) string {
	t.Helper()
	var out strings.Builder
	for _, table := range tables {
		rows, err := h.stolen(t).QueryContext(t.Context(), "select * from "+table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values := make([]any, len(columns))
		for n := range values {
			values[n] = new(any)
		}
		for rows.Next() {
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for _, value := range values {
				fmt.Fprintln(&out, *value.(*any))
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// Of many who send one code at the same moment, one gets in.
func TestACodeIsGoodOnceAlsoAtTheSameMoment(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		h.account(t, "ben", access.Worker)
		secret, codes, _ := h.enrol(t, "ben")
		for _, code := range []string{h.code(t, secret, 0), codes[0]} {
			var in atomic.Int32
			var all sync.WaitGroup
			for n := range 5 {
				all.Go(func() {
					_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "ben", Password: password, Code: code},
						service.Visitor{Address: "192.0.2." + string(rune('1'+n))})
					if err == nil {
						in.Add(1)
					} else if !errors.Is(err, service.ErrSignIn) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if in.Load() != 1 {
				t.Errorf("the code %s let %d in", code, in.Load())
			}
		}
	})
}

// A name that is nobody's, an account that ended or was only invited costs as much work
// as a wrong password: what a password's hash takes in memory is counted, not its time.
func TestAnUnknownNameTakesAsMuchWork(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin := h.account(t, "ada", access.Administrator)
		h.account(t, "ben", access.Worker)
		if err := h.EndAccount(t.Context(), admin, h.account(t, "gone", access.Worker).Account); err != nil {
			t.Fatal(err)
		}
		if _, err := h.AddAccount(t.Context(), admin, service.NewAccount{Username: "invited", Name: "x", Role: access.Worker}); err != nil {
			t.Fatal(err)
		}
		for _, username := range []string{"ada", "nobody", "ben", "gone", "invited"} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: username, Password: "not the password", Code: "123456"}, service.Visitor{})
			runtime.ReadMemStats(&after)
			if !errors.Is(err, service.ErrSignIn) {
				t.Errorf("%s: %v", username, err)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used < 19 {
				t.Errorf("%s: %d MiB, a password's hash takes 19", username, used)
			}
		}
	})
}

// Of two who open one invitation at the same moment, one gets in.
func TestAnInvitationIsGoodOnceAlsoAtTheSameMoment(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin := h.account(t, "ada", access.Administrator)
		id, err := h.AddAccount(t.Context(), admin, service.NewAccount{Username: "ben", Name: "Ben", Role: access.Worker})
		if err != nil {
			t.Fatal(err)
		}
		code, err := h.Invite(t.Context(), admin, id)
		if err != nil {
			t.Fatal(err)
		}
		var in atomic.Int32
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_, err := h.OpenInvitation(t.Context(), code, service.Visitor{})
				if err == nil {
					in.Add(1)
				} else if !errors.Is(err, service.ErrInvitation) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			t.Errorf("the invitation let %d in", in.Load())
		}
	})
}

// What is kept of a way in gives none of it away, and a secret that is moved to another
// account is not opened.
func TestWhatIsKeptOfAWayIn(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		ben, cat := h.account(t, "ben", access.Worker), h.account(t, "cat", access.Worker)
		secret, codes, in := h.enrol(t, "ben")
		h.enrol(t, "cat")
		if _, err := h.stolen(t).ExecContext(t.Context(), `update code_app set secret = (select secret from code_app where account_id = '`+ben.Account+`') where account_id = '`+cat.Account+`'`); err != nil {
			t.Fatal(err)
		}
		_, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "cat", Password: password, Code: h.code(t, secret, 0)}, service.Visitor{})
		if err == nil || errors.Is(err, service.ErrSignIn) {
			t.Errorf("a secret that was moved: %v", err)
		}
		if _, err := h.SignIn(t.Context(), service.Credentials{Authority: "999", Username: "ben", Password: password, Code: h.code(t, secret, 0)}, service.Visitor{}); err != nil {
			t.Errorf("where it belongs: %v", err)
		}
		kept := h.dump(t, "code_app", "recovery_code", "session", "invitation", "account")
		for _, text := range append(codes, in.Token, string(secret), base32.StdEncoding.EncodeToString(secret)) {
			if strings.Contains(kept, text) || strings.Contains(kept, strings.ReplaceAll(text, "-", "")) {
				t.Errorf("%q stands in the database", text)
			}
		}
	})
}

// Sessions end for an account that ended, whichever way it was opened, and a session of
// one council opens nothing of another.
func TestSessionsAreOfOneAccountAndOneCouncil(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		admin := h.account(t, "ada", access.Administrator)
		ben := h.account(t, "ben", access.Worker)
		_, _, in := h.enrol(t, "ben")
		if _, err := h.Session(t.Context(), "998", in.Token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("in another council: %v", err)
		}
		actor, err := h.Session(t.Context(), "999", in.Token)
		if err != nil || !actor.Fresh || actor.Unfinished {
			t.Fatalf("%+v, %v", actor, err)
		}
		h.clock.now = h.clock.now.Add(service.FreshFor + time.Second)
		if actor, err = h.Session(t.Context(), "999", in.Token); err != nil || actor.Fresh {
			t.Errorf("after ten minutes: %+v, %v", actor, err)
		}
		if err := h.EndAccount(t.Context(), admin, ben.Account); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Session(t.Context(), "999", in.Token); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("of an ended account: %v", err)
		}
	})
}

// The secret of the client is sealed; other groups take the place of those before.
func TestASignInServiceIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		p := store.Provider{Issuer: "https://login.example/tenant", Client: "futures", Secret: []byte("a secret of the client"), Claim: "groups", Label: "x",
			Groups: []store.ProviderGroup{{Name: "b", Role: access.Manager}, {Name: "a", Role: access.Worker}}}
		for _, groups := range [][]store.ProviderGroup{p.Groups, p.Groups[:1]} {
			p.Groups = groups
			if err := h.SetProvider(t.Context(), h.operator, p); err != nil {
				t.Fatal(err)
			}
			err := h.db.Read(t.Context(), func(tx *store.Tx) error {
				got, err := tx.Provider("999")
				if err == nil && (string(got.Secret) != string(p.Secret) || len(got.Groups) != len(groups) || got.Groups[0] != groups[0]) {
					t.Errorf("kept as %+v", got)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(h.dump(t, "provider", "provider_group"), "a secret of the client") {
			t.Error("the secret stands in the database")
		}
		worker := h.account(t, "ben", access.Worker)
		if err := h.SetProvider(t.Context(), worker, p); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker sets it: %v", err)
		}
		bad := p
		bad.Issuer, bad.Groups = "http://login.example", nil
		var wrong service.Invalid
		if err := h.SetProvider(t.Context(), h.operator, bad); !errors.As(err, &wrong) || len(wrong) != 2 {
			t.Errorf("without TLS and groups: %v", err)
		}
	})
}
