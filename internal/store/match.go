package store

import (
	"database/sql"
	"errors"
	"time"

	"stablefutures/internal/child"
)

// Match is two children who may be one young person. A < B.
type Match struct {
	A, B      string
	Reason    child.MatchReason
	State     string // waiting, linked, different
	FoundAt   time.Time
	DecidedAt time.Time
	DecidedBy string
}

// The states of a match. Values are stored.
const (
	MatchWaiting   = "waiting"
	MatchLinked    = "linked"
	MatchDifferent = "different"
)

var (
	insertMatch = statement(`insert into child_match (authority, child_a, child_b, reason, state, found_at) values ($1, $2, $3, $4, 'waiting', $5) on conflict (authority, child_a, child_b) do nothing`)
	listMatches = statement(`select child_a, child_b, reason, state, found_at, decided_at, decided_by from child_match where authority = $1 order by state = 'waiting' desc, found_at desc, child_a, child_b`)
	getMatch    = statement(`select child_a, child_b, reason, state, found_at, decided_at, decided_by from child_match where authority = $1 and child_a = $2 and child_b = $3`)
	decideMatch = statement(`update child_match set state = $4, decided_at = $5, decided_by = $6 where authority = $1 and child_a = $2 and child_b = $3`)
)

// AddMatch puts a pair before a person; a pair that was put or decided before
// stays as it is, and added is false.
func (tx *Tx) AddMatch(authority, a, b string, reason child.MatchReason) (added bool, err error) {
	if tx.dry {
		_, err := tx.Match(authority, a, b)
		return errors.Is(err, ErrNotFound), ignoreMissing(err)
	}
	err = tx.execOne(insertMatch, authority, min(a, b), max(a, b), string(reason), instant(tx.Now))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func ignoreMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// Matches are all pairs, those that wait first.
func (tx *Tx) Matches(authority string) ([]Match, error) {
	return all(tx, listMatches, []any{authority}, scanMatch)
}

// Match is one pair; ErrNotFound where it was never put.
func (tx *Tx) Match(authority, a, b string) (Match, error) {
	rows, err := all(tx, getMatch, []any{authority, min(a, b), max(a, b)}, scanMatch)
	return first(rows, err)
}

// DecideMatch sets the state of a pair.
func (tx *Tx) DecideMatch(authority, a, b, state, by string) error {
	return tx.execOne(decideMatch, authority, min(a, b), max(a, b), state, instant(tx.Now), by)
}

func scanMatch(row scanner) (Match, error) {
	var m Match
	var found string
	var decided, by sql.NullString
	err := row.Scan(&m.A, &m.B, &m.Reason, &m.State, &found, &decided, &by)
	m.FoundAt, m.DecidedAt, m.DecidedBy = parseInstant(found), parseInstant(decided.String), by.String
	return m, err
}
