package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// What waits for somebody in the demo is there for whoever the printed list says, and
// the list fits on a screen.
func TestTheDemoHasSomethingForEveryRole(t *testing.T) {
	var out bytes.Buffer
	r := &run{t.Context(), Streams{Out: &out, Err: &out}}
	c := &demoCommand{Folder: filepath.Join(t.TempDir(), "demo"), Seed: 2026, Children: 300}
	if err := c.clear(); err != nil {
		t.Fatal(err)
	}
	db := database{DB: filepath.Join(c.Folder, "stablefutures.db"), quiet: true}
	err := db.open(r, func(s *service.Service) error {
		people, err := c.fill(r, s)
		if err != nil {
			return err
		}
		council := &demoCouncil{Service: s, ctx: r.ctx, people: people}
		roles := map[access.Role]bool{}
		for _, p := range people {
			roles[p.Role] = true
		}
		if len(roles) != len(access.Roles) {
			t.Errorf("people of %d of %d roles", len(roles), len(access.Roles))
		}
		council.check(t)
		out.Reset()
		return printPeople(r, people)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(out.String(), "\n") {
		if len(line) > 120 {
			t.Errorf("a line of %d signs: %q", len(line), line)
		}
	}
}

// check looks at what each of them finds.
func (c *demoCouncil) check(t *testing.T) {
	t.Helper()
	has := func(what string, n int, err error) {
		t.Helper()
		if err != nil || n == 0 {
			t.Fatalf("%s: %d, %v", what, n, err)
		}
	}
	for _, username := range []string{"worker", "worker2", "duty", "manager", "lead", "lead2", "inspector"} {
		list, err := c.Caseload(c.ctx, c.as(username), "", service.ByTalked)
		has("young people of "+username, len(list.Rows), err)
	}
	shared, err := c.SharedWithMe(c.ctx, c.as("partner"))
	has("shared with the partner", len(shared.Records), err)
	open, err := c.OwnEmergencies(c.ctx, c.as("duty"))
	has("open in an emergency", len(open), err)
	reviews, err := c.Emergencies(c.ctx, c.as("manager"))
	has("emergencies to review", len(reviews), err)
	decisions, err := c.Decisions(c.ctx, c.as("manager"))
	has("decisions", len(decisions), err)
	unusual, err := c.OwnUnusual(c.ctx, c.as("manager"))
	has("reading to explain", len(unusual), err)
	study, err := c.Study(c.ctx, c.as("study"))
	if err != nil || study.Silence != "" {
		t.Errorf("the study: %q, %v", study.Silence, err)
	}
	overview, err := c.Overview(c.ctx, c.as("manager"), "", false)
	if err != nil || overview.Published {
		t.Errorf("the manager sees no exact figures: %v", err)
	}
	consents, err := c.ConsentOf(c.ctx, c.as("worker"), shared.Records[0].Record)
	has("consents", len(consents.Current), err)
}
