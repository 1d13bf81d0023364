package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// plant puts one of each thing there, while every record is still open to those whose it
// was.
func (w *world) plant(t *testing.T, overseer *http.Cookie) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	foreigner := func(username string, role access.Role) service.Actor {
		t.Helper()
		name := username + " " + canary(otherAuthority)
		id, err := w.AddAccount(ctx, service.Operator("998"), service.NewAccount{Username: username, Name: name, Role: role, Password: password})
		must(err)
		return service.Actor{Authority: "998", Account: id, Name: name, Role: role, Fresh: true}
	}
	stray, _ := w.another(t, "stray", access.Worker)
	officer, lead := foreigner("officer", access.DataOfficer), foreigner("lead", access.ParticipationLead)
	must(w.SetDuty(ctx, w.named, []store.Duty{{Account: w.named.Account}}))
	w.alerts(t, own, otherTeam, otherAuthority, erased)

	for _, kind := range []string{own, otherTeam, restricted, otherAuthority, erased} {
		by, account, word := w.named, stray.Account, "somebody"
		if kind == otherAuthority {
			by, account = w.foreign, w.foreign.Account
		}
		if kind == restricted || kind == otherAuthority || kind == erased {
			word = canary(kind) // what nobody but those whom it concerns may ever read
		}
		if kind != erased { // which is asked for where it is erased
			id, err := w.AskDecision(ctx, by, service.NewDecision{Act: store.DecideErase, Record: w.records[kind], Reason: "The parents of " + word + " asked for it."})
			must(err)
			w.is(decisionThing, kind, id)
		}
		id := w.NewID()
		must(w.db.Write(ctx, func(tx *store.Tx) error {
			return tx.AddEmergency(by.Authority, store.Emergency{ID: id, Child: w.records[kind], Account: account, Reason: "Seen with " + word + " at the station.", UntilAt: tx.Now.Add(time.Minute)})
		}))
		w.is(emergencyThing, kind, id)
	}

	for kind, of := range map[string]service.Actor{own: w.actors[access.Worker], otherAuthority: w.foreign} {
		id := w.NewID()
		must(w.db.Write(ctx, func(tx *store.Tx) error {
			if _, err := tx.KeepUnusual(of.Authority, store.Unusual{ID: id, Account: of.Account, Kind: "relation", Day: "2026-11-24", Records: 3}); err != nil {
				return err
			}
			if kind == own {
				return nil
			}
			return tx.AddUnusualWord(of.Authority, store.UnusualWord{ID: w.NewID(), Unusual: id, Account: of.Account, Act: "explained", Words: "I looked for " + canary(kind)})
		}))
		w.is(unusualThing, kind, id)
	}

	other, _ := w.another(t, "second.officer", access.DataOfficer)
	for kind, by := range map[string]service.Actor{own: w.actors[access.DataOfficer], otherTeam: other, otherAuthority: officer} {
		name := "missing.csv"
		if kind != own {
			name = canary(kind) + ".csv"
		}
		by.Fresh = true
		id, _, err := w.Stage(ctx, by, []service.File{{Name: name, Data: []byte(missingCSV)}}, service.ImportOptions{YearEnding: "2026-03-31"})
		must(err)
		w.is(uploadThing, kind, id)
	}
	_, err := w.Import(ctx, service.Operator("999"), []service.File{{Name: "missing.csv", Data: []byte(missingCSV)}}, service.ImportOptions{YearEnding: "2025-03-31"})
	must(err)

	words, second := w.sentBack(t, "cy", "leave", "Gadael"), (service.Actor{})
	second, _ = w.another(t, "second.lead", access.ParticipationLead)
	for kind, by := range map[string]service.Actor{own: w.actors[access.ParticipationLead], otherTeam: second, otherAuthority: lead} {
		name := "words.xlsx"
		if kind != own {
			name = canary(kind) + ".xlsx"
		}
		id, err := w.SendTranslation(ctx, by, service.TranslationFile{File: service.File{Name: name, Data: []byte(words)}, Language: "cy"})
		must(err)
		w.is(fileThing, kind, id)
	}

	for thing, role := range map[string]access.Role{accountThing: access.Worker, partnerThing: access.Partner} {
		spare, err := w.AddAccount(ctx, service.Operator("999"), service.NewAccount{Username: "spare." + string(role), Name: "A Spare Person", Role: role, Password: password})
		must(err)
		w.is(thing, own, spare)
	}
	w.is(partnerThing, otherAuthority, foreigner("spare", access.Partner).Account)
	w.is(accountThing, otherAuthority, w.foreign.Account)
	w.is(teamThing, own, w.team(t, "West"))
	theirs, err := w.AddTeam(ctx, service.Operator("998"), "Team "+canary(otherAuthority))
	must(err)
	w.is(teamThing, otherAuthority, theirs)
	w.is(agencyThing, own, w.consents[w.records[own]].agency)
	theirs, err = w.AddAgency(ctx, service.Operator("998"), "Agency "+canary(otherAuthority), "health")
	must(err)
	w.is(agencyThing, otherAuthority, theirs)

	// What the overseer searched for, and what they typed when their session ran out.
	found := w.ask(t, http.MethodPost, "/caseload/find", url.Values{"find": {"Robin " + canary(otherTeam)}}, overseer)
	w.is(foundThing, own, lastOf(t, found))
	w.is(foundThing, otherAuthority, lastOf(t, found))
	before := w.now
	w.now = w.now.Add(61 * time.Minute)
	w.ask(t, http.MethodPost, "/records/new", url.Values{"name": {"Robin " + canary(otherTeam)}}, overseer).is(t, http.StatusSeeOther)
	signed := w.ask(t, http.MethodPost, "/sign-in", w.credentials(t, "overseer", password), nil)
	w.now = before
	w.is(keptThing, own, lastOf(t, signed))
	w.is(keptThing, otherAuthority, lastOf(t, signed))
}

// lastOf is the id at the end of where an answer leads.
func lastOf(t *testing.T, p page) string {
	t.Helper()
	id := p.Location[strings.LastIndex(p.Location, "/")+1:]
	if !anyID.MatchString(id) {
		t.Fatalf("status %d to %q", p.Status, p.Location)
	}
	return id
}

// alerts lets the young people of records say that they are not safe.
func (w *world) alerts(t *testing.T, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		by := w.named
		if kind == otherAuthority {
			by = w.foreign
		}
		in, err := w.GiveOwnCode(t.Context(), by, w.records[kind], false)
		if err != nil {
			t.Fatal(err)
		}
		_, y, err := w.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.9"})
		if err != nil {
			t.Fatal(err)
		}
		id, err := w.SendAlert(t.Context(), y, service.NewAlert{ID: w.NewID(), Words: "I am with " + canary(kind)})
		if err != nil {
			t.Fatal(err)
		}
		w.is(alertThing, kind, id)
	}
}
