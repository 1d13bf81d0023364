package web_test

import (
	"net/http"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// A group that changes does not take the last administrator away: nobody could add one.
func TestTheSignInServiceKeepsAnAdministrator(t *testing.T) {
	s := newSite(t)
	p := newProvider(t, s)
	p.use(t, store.ProviderGroup{Name: "g-admins", Role: access.Administrator}, store.ProviderGroup{Name: "g-workers", Role: access.Worker})
	p.tell(t, dana("g-admins"), "")
	p.signIn(t)
	if err := s.EndAccount(t.Context(), service.Operator("999"), s.actors[access.Administrator].Account); err != nil {
		t.Fatal(err)
	}
	p.tell(t, dana("g-workers"), "")
	session := p.signIn(t).session()
	s.ask(t, http.MethodGet, "/account", nil, session).has(t, "Administrator")
	p.worksOn(t, session, 16*time.Minute, dana("g-workers"), "").is(t, http.StatusOK)

	if _, err := s.AddAccount(t.Context(), service.Operator("999"), service.NewAccount{Username: "another", Name: "Another", Role: access.Administrator, Password: password}); err != nil {
		t.Fatal(err)
	}
	p.tell(t, dana("g-workers"), "")
	s.ask(t, http.MethodGet, "/account", nil, p.signIn(t).session()).has(t, "Worker")
}
