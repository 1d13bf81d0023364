package store

import (
	"slices"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
)

// Standing is where one voice stands on one outcome or indicator of one record.
// It is a projection of readings: what it holds can always be worked out again.
type Standing struct {
	Record  string
	Edition string
	Item    string // id of an outcome or an indicator
	Voice   conversation.Voice
	conversation.Standing
}

// Tally counts records in one bucket of one measure of one item in one group.
type Tally struct {
	Edition string
	Item    string
	Group   string
	Measure string
	Bucket  string
	N       int
}

const standingColumns = `select s.record_id, s.edition, s.item, s.voice, s.first_value, s.first_on, s.latest_value, s.latest_on, s.state, s.state_on from standing s `

var (
	putStanding = statement(`insert into standing (authority, record_id, edition, item, voice, first_value, first_on, latest_value, latest_on, state, state_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (authority, record_id, edition, item, voice) do update set first_value = excluded.first_value, first_on = excluded.first_on,
		latest_value = excluded.latest_value, latest_on = excluded.latest_on, state = excluded.state, state_on = excluded.state_on`)
	dropStanding = statement(`delete from standing where authority = $1 and record_id = $2 and edition = $3 and item = $4 and voice = $5`)
	standingsOf  = statement(standingColumns + `where s.authority = $1 and s.record_id = $2 order by s.edition, s.item, s.voice`)
	standingsOn  = statement(standingColumns + `where s.authority = $1 and s.record_id = $2 and s.edition = $3 and s.item in ($4, $5, $6, $7, $8, $9, $10, $11) order by s.item, s.voice`)
	standingsAll = statement(standingColumns + `where s.authority = $1 order by s.record_id, s.edition, s.item, s.voice`)
	addTally     = statement(`insert into tally (authority, edition, item, grp, measure, bucket, n) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (authority, edition, item, grp, measure, bucket) do update set n = tally.n + excluded.n`)
	tallies          = statement(`select edition, item, grp, measure, bucket, n from tally where authority = $1 and edition = $2 and n <> 0 order by item, grp, measure, bucket`)
	talliesAll       = statement(`select edition, item, grp, measure, bucket, n from tally where authority = $1 and n <> 0 order by edition, item, grp, measure, bucket`)
	outcomesTalked   = statement(`select s.record_id, s.item from standing s join child c on c.authority = s.authority and c.id = s.record_id where ` + access.InScope + ` and s.edition = $6 and s.voice = 'young-person'`)
	recordsWithTalks = statement(`select distinct c.record_id from reading r join child c on c.authority = r.authority and c.id = r.child_id where r.authority = $1 order by c.record_id`)
)

// Movement is a change of what is worked out from readings.
type Movement struct {
	Put     []Standing // where a voice stands now
	Drop    []Standing // what no reading supports any more
	Tallies []Tally    // N more of each, which may be negative
}

// Move changes standings and tallies.
func (tx *Tx) Move(authority string, m Movement) error {
	var list []change
	for _, s := range m.Drop {
		list = append(list, change{dropStanding, []any{authority, s.Record, s.Edition, s.Item, string(s.Voice)}})
	}
	for _, s := range m.Put {
		list = append(list, change{putStanding, []any{authority, s.Record, s.Edition, s.Item, string(s.Voice), s.FirstValue, string(s.FirstOn),
			s.LatestValue, string(s.LatestOn), string(s.State), string(s.StateOn)}})
	}
	for _, t := range m.Tallies {
		list = append(list, change{addTally, []any{authority, t.Edition, t.Item, t.Group, t.Measure, t.Bucket, t.N}})
	}
	return tx.execAll(list)
}

// StandingsOfRecord are all standings of a record.
func (tx *Tx) StandingsOfRecord(authority, record string) ([]Standing, error) {
	return all(tx, standingsOf, []any{authority, record}, scanStanding)
}

// StandingsOn are the standings of a record's voices on some items of an edition.
func (tx *Tx) StandingsOn(authority, record, edition string, items []string) ([]Standing, error) {
	return onItems(items, func(some []any) ([]Standing, error) {
		return all(tx, standingsOn, append([]any{authority, record, edition}, some...), scanStanding)
	})
}

// atOnce is how many items one query asks for: its text has so many parameters.
const atOnce = 8

// onItems asks for items, so many at a time; where there are fewer, the first again.
func onItems[T any](items []string, ask func(some []any) ([]T, error)) (found []T, err error) {
	for part := range slices.Chunk(items, atOnce) {
		some := make([]any, atOnce)
		for i := range some {
			some[i] = part[0]
		}
		for i, item := range part {
			some[i] = item
		}
		list, err := ask(some)
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	return found, nil
}

// Standings are all standings of an authority, for the check that they are what
// the readings say.
func (tx *Tx) Standings(authority string) ([]Standing, error) {
	return all(tx, standingsAll, []any{authority}, scanStanding)
}

// Tallies are the counts of one edition that are not zero.
func (tx *Tx) Tallies(authority, edition string) ([]Tally, error) {
	return all(tx, tallies, []any{authority, edition}, scanTally)
}

// AllTallies are the counts of every edition that are not zero.
func (tx *Tx) AllTallies(authority string) ([]Tally, error) {
	return all(tx, talliesAll, []any{authority}, scanTally)
}

// ItemsTalkedAbout are, by record in scope, the items on which the young person
// has said something, an answer or one of the states.
func (tx *Tx) ItemsTalkedAbout(scope access.Scope, edition string) (map[string][]string, error) {
	out := map[string][]string{}
	err := tx.each(outcomesTalked, scope.Args(edition), func(row scanner) error {
		var record, item string
		err := row.Scan(&record, &item)
		out[record] = append(out[record], item)
		return err
	})
	return out, err
}

// RecordsWithReadings are the records in which anything was said.
func (tx *Tx) RecordsWithReadings(authority string) ([]string, error) {
	return all(tx, recordsWithTalks, []any{authority}, func(row scanner) (string, error) {
		var id string
		err := row.Scan(&id)
		return id, err
	})
}

func scanStanding(row scanner) (Standing, error) {
	var s Standing
	err := row.Scan(&s.Record, &s.Edition, &s.Item, &s.Voice, &s.FirstValue, &s.FirstOn, &s.LatestValue, &s.LatestOn, &s.State, &s.StateOn)
	return s, err
}

func scanTally(row scanner) (Tally, error) {
	var t Tally
	err := row.Scan(&t.Edition, &t.Item, &t.Group, &t.Measure, &t.Bucket, &t.N)
	return t, err
}
