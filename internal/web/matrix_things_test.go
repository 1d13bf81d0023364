package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web"
)

// What is no record and has an address: planted for each kind of record to which it
// belongs; what belongs to a council or to an account is planted as own and as another's.
const (
	alertThing     = "{alert}"
	decisionThing  = "{decision}"
	emergencyThing = "{emergency}"
	unusualThing   = "{unusual}"
	uploadThing    = "{upload}"
	fileThing      = "{file}"
	foundThing     = "{found}"
	keptThing      = "{kept}"
	accountThing   = "{account}"
	teamThing      = "{team}"
	agencyThing    = "{agency}"
	partnerThing   = "an account of another agency"
)

// reachesThing is written from what the roles are for: who reaches the things of which
// records. Nobody who is not here reaches any. The longest beginning of a route counts.
var reachesThing = map[string]map[access.Role][]string{
	// Somebody else is on duty: besides them, who works with the young person is told.
	"/alerts/": {access.Worker: {own}, access.DutyWorker: {own}, access.Manager: {own}},
	// The second person opens the record, or opens none and sees its reference alone.
	"/decisions/": {access.Manager: {own}, access.DataOfficer: {own, otherTeam}},
	// Who asked takes it back, and uses it.
	"/decisions/{decision}/withdraw": {}, "/decisions/{decision}/export": {},
	// Any manager reviews, but not what a restriction keeps from them; whoever opened it ends it.
	"/emergencies/": {access.Manager: {own, otherTeam, erased}},
	"/emergency/":   {},
	// It is about a worker of the council; they alone say why.
	"/unusual/":         {access.Manager: {own}, access.DataOfficer: {own}, access.Inspector: {own}, access.Auditor: {own}},
	"/account/unusual/": {access.Worker: {own}},
	// Whoever sent a file sees it, and nobody else.
	"/files/waiting/": {access.DataOfficer: {own}}, "/files/taken/": {access.DataOfficer: {own}},
	"/languages/": {access.ParticipationLead: {own}},
	// What somebody searched for, and what they typed when their session ran out, is theirs.
	"/caseload/found/": {}, "/resume/": {},
	"/accounts/": {access.Administrator: {own}}, "/teams/": {access.Administrator: {own}}, "/agencies/": {access.Administrator: {own}},
}

// over are the things of an erased record of which those who decided read that it is over.
var over = map[string][]access.Role{"POST /decisions/{decision}": {access.Manager, access.DataOfficer}}

// plain are placeholders of what belongs to nobody.
var plain = map[string]string{"{indicator}": "home.1", "{outcome}": "home", "{name}": "register.csv", "{number}": "1", "{council}": "999", "{language}": "cy", "{edition}": framework.Working().ID}

func (w *world) is(thing, kind, id string) {
	if w.things[thing] == nil {
		w.things[thing] = map[string]string{}
	}
	w.things[thing][kind] = id
}

// fillsIn fills a pattern in with what belongs to a kind of record; an empty path where
// there is nothing of this kind. What was never there has an id that nothing has.
func (w *world) fillsIn(pattern, kind string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	record := w.records[kind]
	gone := false
	path = placeholder.ReplaceAllStringFunc(strings.ReplaceAll(path, "{$}", ""), func(p string) string {
		id := map[string]string{"{record}": record, "{talk}": w.talks[kind], "{entry}": w.consents[record].entry, "{share}": w.consents[record].share,
			"{ask}": w.wants[record].ask, "{step}": w.wants[record].step, "{said}": w.given[record], "{key}": keyOf(pattern)}[p]
		switch {
		case id == "" && plain[p] != "":
			id = plain[p]
		case id == "" && kind == never:
			id = w.NewID()
		case id == "" && p == accountThing && strings.HasSuffix(pattern, "/agency"):
			id = w.things[partnerThing][kind]
		case id == "":
			id = w.things[p][kind]
		}
		gone = gone || id == ""
		return id
	})
	if gone {
		return method, ""
	}
	return method, path
}

// keyOf is a text that there is.
func keyOf(pattern string) string {
	if strings.Contains(pattern, "{edition}") {
		return "outcome.home"
	}
	return "leave"
}

// Every placeholder of every route is filled by something that is there: what nobody
// plants, the matrix does not try.
func TestEveryPlaceholderIsFilled(t *testing.T) {
	w := newWorld(t)
	for _, pattern := range web.Patterns() {
		if _, path := w.fillsIn(pattern, own); path == "" {
			t.Errorf("%s: nothing is planted for it", pattern)
		}
		for _, thing := range placeholder.FindAllString(pattern, -1) {
			if w.things[thing] == nil {
				continue
			}
			if reachOfThing(pattern) == nil {
				t.Errorf("%s: no row says who reaches it", pattern)
			}
			for _, kind := range []string{otherAuthority} {
				if _, path := w.fillsIn(pattern, kind); path == "" {
					t.Errorf("%s: nothing is planted of a record %s", pattern, kind)
				}
			}
		}
	}
	o := newSite(t)
	young := o.ownWorld(t)
	for _, pattern := range web.OwnPatterns() {
		if _, path := young.address(pattern); strings.Contains(path, "none") {
			t.Errorf("%s: nothing is planted for it", pattern)
		}
	}
}

// reachOfThing is the row of a route; nil for none.
func reachOfThing(pattern string) (reach map[access.Role][]string) {
	_, path, _ := strings.Cut(pattern, " ")
	longest := ""
	for beginning, row := range reachesThing {
		if strings.HasPrefix(path, beginning) && len(beginning) > len(longest) {
			longest, reach = beginning, row
		}
	}
	return reach
}

// The matrix of what is no record: every route that leads to such a thing, every role, and
// every kind of record to which it belongs. What is not theirs is answered like what is
// not there, and no answer holds a foreign word.
func TestEveryRoleAtEveryThing(t *testing.T) {
	w := newWorld(t)
	for _, role := range access.Roles {
		w.plantsAgain(t)
		for _, turn := range []string{"GET", "POST", "POST that ends"} { // what changes things comes last
			for _, pattern := range web.Patterns() {
				ends := strings.HasPrefix(pattern, "POST ") && (strings.HasSuffix(pattern, "/close") || strings.HasSuffix(pattern, "/end"))
				if strings.HasPrefix(turn, pattern[:strings.Index(pattern, " ")]) && ends == (turn == "POST that ends") && w.thingOf(pattern) != "" {
					w.tryThings(t, role, pattern)
				}
			}
		}
	}
}

// plantsAgain plants anew what whoever came before has brought to an end.
func (w *world) plantsAgain(t *testing.T) {
	t.Helper()
	w.alerts(t, own)
	for _, kind := range []string{own, otherTeam} {
		id, err := w.AskDecision(t.Context(), w.named, service.NewDecision{Act: store.DecideErase, Record: w.records[kind], Reason: "The parents asked for it once more."})
		if wrong, waits := errors.AsType[service.Invalid](err); waits && len(wrong) > 0 {
			continue // nobody has decided
		}
		if err != nil {
			t.Fatal(err)
		}
		w.is(decisionThing, kind, id)
	}
}

// thingOf is the thing to which a pattern leads; empty where it leads to a record, or to
// what belongs to nobody.
func (w *world) thingOf(pattern string) string {
	for _, p := range placeholder.FindAllString(pattern, -1) {
		if w.things[p] != nil {
			return p
		}
	}
	return ""
}

func (w *world) tryThings(t *testing.T, role access.Role, pattern string) {
	t.Helper()
	may := policy[pattern] == signedIn || strings.Contains(" "+policy[pattern]+" ", " "+string(role)+" ")
	thing := w.thingOf(pattern)
	var missing page
	for _, kind := range []string{never, erased, otherAuthority, restricted, otherTeam, own} {
		method, path := w.fillsIn(pattern, kind)
		if path == "" {
			continue
		}
		var form url.Values
		if method == http.MethodPost {
			form = w.thingForm()
		}
		p := w.ask(t, method, path, form, w.cookies[role])
		w.noForeign(t, role, fmt.Sprintf("%s at %s of a record %s", role, pattern, kind), p)
		// What a page says of itself names the address that was asked for.
		id := w.things[thing][kind]
		if id != "" {
			p.Body, p.Location = strings.ReplaceAll(p.Body, id, "ID"), strings.ReplaceAll(p.Location, id, "ID")
		}
		if kind == never {
			missing = p
			missing.Body, missing.Location = anyID.ReplaceAllString(p.Body, "ID"), anyID.ReplaceAllString(p.Location, "ID")
			continue
		}
		p.Body, p.Location = anyID.ReplaceAllString(p.Body, "ID"), anyID.ReplaceAllString(p.Location, "ID")
		where := fmt.Sprintf("%s at %s of a record %s", role, pattern, kind)
		switch {
		case !may:
			if p.Status != http.StatusForbidden {
				t.Errorf("%s: status %d, want 403", where, p.Status)
			}
		case slices.Contains(reachOfThing(pattern)[role], kind):
			if p.Status == http.StatusNotFound || p.Status == http.StatusForbidden || p.Status >= 500 {
				t.Errorf("%s: status %d, and may", where, p.Status)
			}
		case kind == erased && slices.Contains(over[pattern], role):
			if p.Status != http.StatusSeeOther || p.Location == "" {
				t.Errorf("%s: status %d, want that it is over", where, p.Status)
			}
		case p.Status != missing.Status || p.Location != missing.Location || p.Body != missing.Body:
			t.Errorf("%s: status %d to %q, and what is not there %d to %q", where, p.Status, p.Location, missing.Status, missing.Location)
		case p.Status == http.StatusOK && thing != foundThing:
			t.Errorf("%s: what is not there is shown", where)
		}
	}
}

// thingForm is filled in so that every form of a thing is taken: what is refused is
// refused for whose it is.
func (w *world) thingForm() url.Values {
	return url.Values{"decided": {"no"}, "remark": {"I looked at it with somebody."}, "outcome": {"right"}, "words": {"The head of service: I asked."}, "answer": {"coming"}, "reason": {"They said that they are not safe."},
		"team-name": {"West"}, "team": {w.things[teamThing][own]}, "agency-name": {"An agency"}, "kind": {"health"}, "agency": {w.things[agencyThing][own]}, "section": {"words"},
		"name": {"A Spare Person"}, "role": {"worker"}, "year": {"2026"}, "sure": {"yes"}, "state": {"reviewed"}}
}

// anyID is an id, wherever it stands.
var anyID = regexp.MustCompile(`[a-z2-7]{26}`)
