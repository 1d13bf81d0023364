package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web"
)

// Where a record stands to whoever asks: each kind has one record, with a word that
// stands in no other.
const (
	own            = "own"             // of their team, and allocated to them
	ofTeam         = "of the team"     // not allocated to them
	otherTeam      = "of another team" //
	restricted     = "restricted"      // allocated to them, of their team, and kept from them
	otherAuthority = "of another authority"
	erased         = "erased" // was theirs, until two people erased it
	never          = "never there"
)

var kinds = []string{own, ofTeam, otherTeam, restricted, otherAuthority, erased, never}

// opens is written from what the roles are for: which kinds of records a role may open
// at all. Nobody who is not here opens any.
var opens = map[access.Role][]string{
	access.Worker:     {own},
	access.DutyWorker: {own, ofTeam},
	access.Manager:    {own, ofTeam},
	access.Inspector:  {own},
}

// writes are those that a role may also change.
var writes = map[access.Role][]string{
	access.Worker:     {own},
	access.DutyWorker: {own},
	access.Manager:    {own, ofTeam},
}

// world is a site with one record of each kind, seen by the people of team North.
type world struct {
	*site
	records map[string]string // by kind
	talks   map[string]string
	north   string                       // the team of everybody
	named   service.Actor                // whom the restriction names, and who manages everything
	foreign service.Actor                // a manager of the other authority
	things  map[string]map[string]string // by placeholder and kind of record: what is no record, and belongs to one or to a council
}

// canary is a word of one kind of record that stands nowhere else.
func canary(kind string) string { return "Zq" + strings.ReplaceAll(kind, " ", "") + "Xv" }

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{site: newSite(t), records: map[string]string{}, talks: map[string]string{}, things: map[string]map[string]string{}}
	w.consents, w.wants, w.given = map[string]consented{}, map[string]askedFor{}, map[string]string{}
	overseer := (*http.Cookie)(nil)
	w.named, overseer = w.another(t, "overseer", access.Manager)
	north, south := w.team(t, "North"), w.team(t, "South")
	w.north = north
	for _, role := range access.Roles {
		if role != access.Administrator {
			w.puts(t, w.actors[role].Account, north)
		}
	}
	for _, kind := range kinds {
		switch kind {
		case never:
			w.records[kind], w.talks[kind] = w.NewID(), w.NewID()
		case otherAuthority:
			w.foreign = w.stranger(t)
			w.fill(t, kind, w.foreign)
		default:
			w.fill(t, kind, w.named)
		}
	}
	w.gives(t, w.records[ofTeam], north)
	w.gives(t, w.records[otherTeam], south)
	w.allocate(t, own, restricted, erased)
	w.plant(t, overseer)
	w.restrict(t, w.records[restricted])
	w.alerts(t, restricted)
	w.erase(t, w.records[erased])
	return w
}

// erase lets two people erase a record that somebody had open. The reason and the
// remark hold the record's word too: they go with it.
func (w *world) erase(t *testing.T, record string) {
	t.Helper()
	word := canary(erased)
	id, err := w.AskDecision(t.Context(), w.named, service.NewDecision{Act: store.DecideErase, Record: record, Reason: "The parents of " + word + " asked for it."})
	if err != nil {
		t.Fatal(err)
	}
	w.is(decisionThing, erased, id)
	done, err := w.Decide(t.Context(), w.actors[access.DataOfficer], id, true, "I looked at "+word+".")
	if err != nil || !slices.Contains(done.Erased, record) {
		t.Fatalf("erased %v, %v", done.Erased, err)
	}
}

// allocate gives records of these kinds, and their team's, to everybody who may open
// records.
func (w *world) allocate(t *testing.T, kinds ...string) {
	t.Helper()
	w.now = w.now.Add(time.Minute)
	var everybody []string
	for role := range opens {
		everybody = append(everybody, w.actors[role].Account)
	}
	for _, kind := range kinds {
		if err := w.Allocate(t.Context(), w.named, w.records[kind], everybody); err != nil {
			t.Fatal(err)
		}
		w.gives(t, w.records[kind], w.north)
	}
}

func (w *world) team(t *testing.T, name string) string {
	t.Helper()
	id, err := w.AddTeam(t.Context(), service.Operator("999"), name)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *world) puts(t *testing.T, account, team string) {
	t.Helper()
	if err := w.PutInTeam(t.Context(), service.Operator("999"), account, team); err != nil {
		t.Fatal(err)
	}
}

func (w *world) gives(t *testing.T, record, team string) {
	t.Helper()
	if err := w.GiveToTeam(t.Context(), w.named, record, team); err != nil {
		t.Fatal(err)
	}
}

// stranger is a manager of another authority on the same database.
func (w *world) stranger(t *testing.T) service.Actor {
	t.Helper()
	if err := w.AddAuthority(t.Context(), "998", "Otherborough", false); err != nil {
		t.Fatal(err)
	}
	id, err := w.AddAccount(t.Context(), service.Operator("998"), service.NewAccount{Username: "stranger", Name: "Somebody " + canary(otherAuthority), Role: access.Manager, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return service.Actor{Authority: "998", Account: id, Name: "Somebody " + canary(otherAuthority), Role: access.Manager, Fresh: true}
}

// fill makes a record whose every text holds the kind's word.
func (w *world) fill(t *testing.T, kind string, by service.Actor) {
	t.Helper()
	word := canary(kind)
	record, _, err := w.AddChild(t.Context(), by, service.NewChild{ID: w.NewID(), Name: "Robin " + word, BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
	if err != nil {
		t.Fatal(err)
	}
	entry := register.Entry{register.FieldState: "suspected", "suspected-on": "2026-01-01", "suspected-why": "seen near " + word}
	if err := w.SaveRegister(t.Context(), by, record, 0, entry); err != nil {
		t.Fatal(err)
	}
	talk, err := w.StartConversation(t.Context(), by, record, service.NewConversation{ID: w.NewID(), HeldOn: "2026-11-20", Language: "Language " + word})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.SaveReading(t.Context(), by, service.NewReading{ID: w.NewID(), Conversation: talk, Indicator: framework.Working().Outcomes()[0].Indicators[0].ID,
		Voice: conversation.YoungPerson, State: conversation.Answered, Value: 3, Words: "I said " + word})
	if err != nil {
		t.Fatal(err)
	}
	w.records[kind], w.talks[kind] = record, talk
	w.consents[record] = w.sharesSomething(t, by, record)
	w.wants[record] = w.asksSomething(t, by, record, word)
	w.given[record] = w.givesPicture(t, by, record, word)
}

// restrict keeps a record to the overseer alone.
func (w *world) restrict(t *testing.T, record string) {
	t.Helper()
	err := w.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Restrict("999", "r", record, w.named.Account); err != nil {
			return err
		}
		return tx.NameIn("999", "r", w.named.Account, w.named.Account)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The matrix: every route, every role, every kind of record.
func TestEveryRoleAtEveryRecord(t *testing.T) {
	w := newWorld(t)
	for _, role := range access.Roles {
		t.Run(string(role), func(t *testing.T) {
			w.allocate(t, own, restricted)                                     // whoever came before may have given them to others
			for _, method := range []string{http.MethodGet, http.MethodPost} { // what changes things comes last
				for _, pattern := range web.Patterns() {
					if strings.HasPrefix(pattern, method) && (strings.Contains(pattern, "{record}") || strings.Contains(pattern, "{talk}")) {
						w.tryRecords(t, role, pattern)
					}
				}
			}
		})
	}
}

func (w *world) tryRecords(t *testing.T, role access.Role, pattern string) {
	t.Helper()
	may := strings.Contains(" "+policy[pattern]+" ", " "+string(role)+" ")
	var missing page
	for n := range kinds {
		kind := kinds[len(kinds)-1-n] // what was never there comes first
		method, path := w.fillsIn(pattern, kind)
		var form url.Values
		if method == http.MethodPost {
			form = soundForm()
		}
		p := w.ask(t, method, path, form, w.cookieAt(t, role, pattern))
		p.Body = strings.ReplaceAll(p.Body, `value="`+path+`"`, "") // the address that they asked for, to which a notice leads back
		if kind == never {
			missing = p
		}
		reach := opens[role]
		if method == http.MethodPost || policy[pattern] == writing || policy[pattern] == managers {
			reach = writes[role]
		}
		where := fmt.Sprintf("%s at %s of a record %s", role, pattern, kind)
		switch {
		case !may && p.Status != http.StatusForbidden:
			t.Errorf("%s: status %d, want 403", where, p.Status)
		case may && slices.Contains(reach, kind) && (p.Status == http.StatusNotFound || p.Status == http.StatusForbidden || p.Status >= 500):
			t.Errorf("%s: status %d, and may", where, p.Status)
		case may && !slices.Contains(reach, kind) && slices.Contains(opens[role], kind):
			if p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
				t.Errorf("%s, which they may read alone: status %d, want a refusal", where, p.Status)
			}
		case may && !slices.Contains(reach, kind) && p.Status != http.StatusNotFound:
			t.Errorf("%s: status %d, want 404", where, p.Status)
		case may && !slices.Contains(reach, kind) && p.Body != missing.Body:
			t.Errorf("%s: not answered like what is not there", where)
		}
		w.noForeign(t, role, where, p)
	}
}

// soundForm is filled in so that every form of a record is taken.
func soundForm() url.Values {
	return url.Values{"answer": {"3"}, "answer-home.1": {"3"}, "name": {"x"}, "language": {"en"}, "held-on-day": {"20"}, "held-on-month": {"11"}, "held-on-year": {"2026"},
		"evidence": {"my-judgement"}, "version": {"0"}, "state": {"suspected"}}
}

// noForeign fails where an answer holds a word of a record that the role may not open.
func (w *world) noForeign(t *testing.T, role access.Role, where string, p page) {
	t.Helper()
	all := p.Body + p.Location + fmt.Sprint(p.Header)
	for _, kind := range kinds {
		if slices.Contains(opens[role], kind) || role == access.DataOfficer && strings.Contains(where, "GET /matches") && kind != restricted && kind != otherAuthority && kind != erased {
			continue // a data officer says which records are one young person
		}
		if strings.Contains(all, canary(kind)) || strings.Contains(all, strings.ToLower(canary(kind))) {
			t.Errorf("%s: holds a word of a record %s", where, kind)
		}
	}
}

// What no single record is asked for holds no foreign word either: lists, figures,
// downloads, errors.
func TestNoPageHoldsAForeignWord(t *testing.T) {
	w := newWorld(t)
	for _, role := range access.Roles {
		for _, pattern := range web.Patterns() {
			if !strings.HasPrefix(pattern, "GET ") {
				continue
			}
			_, path := w.fillsIn(pattern, own)
			for _, query := range []string{"", "?find=" + canary(restricted), "?published=yes"} {
				p := w.get(t, role, path+query)
				for _, echo := range []string{"find=", `value="`} { // what they asked for, to which a notice leads back and a search may be changed
					p.Body = strings.ReplaceAll(p.Body, echo+canary(restricted), "")
				}
				w.noForeign(t, role, fmt.Sprint(role, " at ", pattern, query), p)
			}
		}
		for _, kind := range kinds {
			found := w.post(t, role, "/caseload/find", url.Values{"find": {canary(kind)}})
			if found.Location != "" {
				found = w.get(t, role, found.Location)
			}
			if p := strings.ReplaceAll(found.Body, canary(kind), ""); strings.Contains(p, "Robin") != slices.Contains(opens[role], kind) {
				t.Errorf("%s finds by name a record %s: %v", role, kind, !slices.Contains(opens[role], kind))
			}
		}
	}
}
