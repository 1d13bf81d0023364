package web_test

import (
	"slices"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// invited is nobody's role: the cookie of somebody who chooses how to sign in.
const invited access.Role = "invited"

// trusted lets people of the fictional council do what leaves something on the pages of
// trust, and gives the pictures of these.
func (s *site) trusted(t testing.TB, young string) []picture {
	t.Helper()
	s.picturedTeams(t, young)
	s.picturedConsent(t, young)
	_, code := s.invite(t, "new-worker")
	s.cookies[invited] = s.open(t, code)
	// Nobody works with the two yet: the manager has nothing to do with them either.
	alone := s.alone(t)
	unusual, emergency := s.picturedEmergency(t, alone[0])
	manager := s.actors[access.Manager]
	_, restricted := s.Restrict(t.Context(), manager, alone[1].Record, []string{manager.Account, s.actors[access.Worker].Account})
	_, asked := s.AskDecision(t.Context(), s.actors[access.DataOfficer], service.NewDecision{Act: store.DecideExport,
		Reason: "The safeguarding partnership reviews all cases of this year, and asked for the list with names."})
	done(t, restricted, asked)
	record := "/records/" + young
	return []picture{
		{"choose-how-to-sign-in", invited, "/account/set-up"},
		{"own-account", access.Worker, "/account"},
		{"add-a-passkey", access.Worker, "/account/passkeys/new"},
		{"teams", access.Administrator, "/teams"},
		{"agencies", access.Administrator, "/agencies"},
		{"consent", access.Worker, record + "/consent"},
		{"record-an-answer", access.Worker, record + "/consent/new"},
		{"who-can-see", access.Worker, record + "/history"},
		{"what-is-shared", access.Partner, "/shared/" + young},
		{"study", access.StudyTeam, "/study"},
		{"decisions", access.Manager, "/decisions"},
		{"emergency", access.DutyWorker, "/emergency"},
		{"emergency-review", access.Manager, emergency},
		{"restriction", access.Manager, "/records/" + alone[1].Record + "/restriction"},
		{"log", access.Auditor, "/log"},
		{"unusual-reading", access.Auditor, "/unusual"},
		{"say-why", access.Manager, unusual},
	}
}

// done fails the test where one of several steps went wrong.
func done(t testing.TB, steps ...error) {
	t.Helper()
	for n, err := range steps {
		if err != nil {
			t.Fatalf("step %d: %v", n+1, err)
		}
	}
}

// alone are young people with a name whom nobody works with.
func (s *site) alone(t testing.TB) []service.CaseloadRow {
	t.Helper()
	all, err := s.Caseload(t.Context(), s.actors[access.Manager], "", service.ByTalked)
	done(t, err)
	slices.Reverse(all.Rows) // those who have talked about most first
	list := slices.DeleteFunc(all.Rows, func(r service.CaseloadRow) bool { return r.Name == "" || len(r.Workers) > 0 })
	if len(list) < 2 {
		t.Fatal("somebody works with all")
	}
	return list
}

// picturedTeams puts the worker and the duty worker into one of two teams, with the
// young person.
func (s *site) picturedTeams(t testing.TB, young string) {
	t.Helper()
	admin := s.actors[access.Administrator]
	north, added := s.AddTeam(t.Context(), admin, "North team")
	_, second := s.AddTeam(t.Context(), admin, "South team")
	done(t, added, second)
	for _, role := range []access.Role{access.Worker, access.DutyWorker} {
		actor := s.actors[role]
		done(t, s.PutInTeam(t.Context(), admin, actor.Account, north))
		actor.Team = north
		s.actors[role] = actor
	}
	done(t, s.GiveToTeam(t.Context(), s.actors[access.Manager], young, north))
}

// picturedConsent asks the young person what may be shared, and two of three of the
// others about the study.
func (s *site) picturedConsent(t testing.TB, young string) {
	t.Helper()
	worker, admin := s.actors[access.Worker], s.actors[access.Administrator]
	health, added := s.AddAgency(t.Context(), admin, "Fernshire Health", "health")
	police, second := s.AddAgency(t.Context(), admin, "Fernshire Police", "police")
	done(t, added, second, s.PlacePartner(t.Context(), admin, s.actors[access.Partner].Account, health, string(consent.Outcomes)))
	ask := func(record string, e consent.Entry) {
		t.Helper()
		e.AskedOn = "2026-11-20"
		if e.Basis == "" {
			e.Basis, e.Language = consent.Consent, "English"
		}
		done(t, s.RecordConsent(t.Context(), worker, record, e))
	}
	with := func(agency string, section consent.Section) consent.Matter {
		return consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: section}
	}
	ask(young, consent.Entry{Matter: with(health, consent.Outcomes), Answer: consent.Agreed, How: consent.Written, Expires: "2027-11-19"})
	ask(young, consent.Entry{Matter: with(health, consent.Words), Answer: consent.Declined, How: consent.Pictures})
	ask(young, consent.Entry{Matter: with(police, consent.Who), Basis: consent.VitalInterests, Answer: consent.Applies,
		Remark: "They were missing for a night, and somebody had threatened them."})
	done(t, s.Share(t.Context(), worker, young, health, consent.Outcomes, consent.Consent), s.Share(t.Context(), worker, young, police, consent.Who, consent.VitalInterests))
	all, err := s.Caseload(t.Context(), worker, "", service.ByReference)
	done(t, err)
	for n, row := range all.Rows {
		if n%3 < 2 || row.Record == young {
			ask(row.Record, consent.Entry{Matter: consent.Matter{Purpose: consent.Study}, Answer: consent.Agreed, How: consent.Spoken})
		}
	}
}

// picturedEmergency lets the manager open a record that they have nothing to do with,
// and the duty worker the same in an emergency. It gives the pages of both.
func (s *site) picturedEmergency(t testing.TB, row service.CaseloadRow) (unusual, emergency string) {
	t.Helper()
	manager, duty := s.actors[access.Manager], s.actors[access.DutyWorker]
	_, read := s.Record(t.Context(), manager, row.Record)
	done(t, read, s.FindUnusual(t.Context()))
	found, err := s.OwnUnusual(t.Context(), manager)
	done(t, err)
	_, _, asked := s.AskEmergency(t.Context(), duty, row.Reference, "The police rang: they have been found at the railway station, and ask whom they may call and who must not know.")
	_, read = s.Record(t.Context(), duty, row.Record)
	done(t, asked, read)
	list, err := s.Emergencies(t.Context(), manager)
	done(t, err)
	if len(found) != 1 || len(list) != 1 {
		t.Fatal(found, list)
	}
	return "/account/unusual/" + found[0].ID, "/emergencies/" + list[0].ID
}
