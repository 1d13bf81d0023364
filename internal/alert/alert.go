// Package alert decides who is told when a young person says that they are not safe,
// and when it goes to the next: one after another of those on duty, beside them at once
// everybody who works with the young person. Nothing here ends an alert: only people do.
//
// It knows no names, no database and no e-mail; instants are passed in.
package alert

import (
	"slices"
	"time"
)

// Reach is how a young person can be reached; empty where they did not say. Values are
// stored.
type Reach string

const (
	Call    Reach = "call"
	Message Reach = "message"
	Here    Reach = "here" // an answer on their own page
	Not     Reach = "not"  // neither called nor written to
)

// Reaches are all of them, in the order in which they are offered.
var Reaches = []Reach{Call, Message, Here, Not}

// Answer is what a young person is told by the person who has their alert. Values are
// stored.
type Answer string

const (
	Calling Answer = "calling"
	Coming  Answer = "coming"
	Police  Answer = "police"
	Finding Answer = "finding"
)

// Answers are all of them, in the order in which they are offered.
var Answers = []Answer{Calling, Coming, Police, Finding}

// Way is why somebody is told. Values are stored.
type Way string

const (
	OnDuty  Way = "duty"    // in their turn
	Works   Way = "works"   // works with the young person
	Named   Way = "named"   // the record is restricted, and names them
	Manages Way = "manages" // nobody is on duty, and they are a manager
)

// Told is that somebody was told. Round counts how often the order of duty began.
type Told struct {
	Account string
	Way     Way
	Round   int
	At      time.Time
	Until   time.Time // from then on it goes to the next
}

// Beside is somebody who is told at once, and for whom nobody else waits.
type Beside struct {
	Account string
	Way     Way
}

// Standing is an alert that nobody has yet. Duty and Beside are who can be told now: an
// account that ended, or may not answer any more, is in neither.
type Standing struct {
	Minutes int      // that each on duty has
	Duty    []string // accounts, the first first
	Beside  []Beside
	Told    []Told // in the order in which they were told
}

// Next are those who are told now, which may be nobody. Everybody who was told stays
// told.
//
// On duty there is one turn at a time. It ends when its time is over, and at once where
// its holder can be told no more. After the last the first is told anew, in another
// round. Beside them everybody is told once.
func (s Standing) Next(now time.Time) (list []Told) {
	until := now.Add(time.Duration(s.Minutes) * time.Minute)
	if account, round, due := s.turn(now); due {
		list = append(list, Told{account, OnDuty, round, now, until})
	}
	for _, b := range s.Beside {
		known := func(t Told) bool { return t.Account == b.Account && t.Way == b.Way }
		if !slices.ContainsFunc(s.Told, known) && !slices.ContainsFunc(list, known) {
			list = append(list, Told{b.Account, b.Way, s.round(), now, until})
		}
	}
	return list
}

// turn is whose turn on duty it is now, where another one begins.
func (s Standing) turn(now time.Time) (account string, round int, due bool) {
	if len(s.Duty) == 0 {
		return "", 0, false
	}
	last, any := s.lastTurn()
	if any && slices.Contains(s.Duty, last.Account) && now.Before(last.Until) {
		return "", 0, false
	}
	round = s.round()
	for _, account := range s.Duty {
		if !s.hadTurn(account, round) {
			return account, round, true
		}
	}
	return s.Duty[0], round + 1, true
}

// lastTurn is the latest turn on duty.
func (s Standing) lastTurn() (last Told, any bool) {
	for _, t := range s.Told {
		if t.Way == OnDuty {
			last, any = t, true
		}
	}
	return last, any
}

// round is which time the order of duty is gone through; the first is 1.
func (s Standing) round() int {
	last, any := s.lastTurn()
	if !any {
		return 1
	}
	return last.Round
}

func (s Standing) hadTurn(account string, round int) bool {
	return slices.ContainsFunc(s.Told, func(t Told) bool { return t.Way == OnDuty && t.Account == account && t.Round == round })
}

// Passed tells whether it went on from one who did not answer to somebody else.
func (s Standing) Passed() bool {
	first := ""
	for _, t := range s.Told {
		if t.Way != OnDuty {
			continue
		}
		if first != "" && t.Account != first {
			return true
		}
		first = t.Account
	}
	return false
}

// Unanswered tells whether everybody on duty had their time, and nobody answered; with
// nobody on duty, whether the time of those who were told is over, or nobody was told at
// all. It stays true as long as nobody comes on duty who was not told yet.
func (s Standing) Unanswered(now time.Time) bool {
	if s.round() > 1 {
		return true
	}
	if len(s.Duty) > 0 {
		_, round, due := s.turn(now)
		return due && round > 1
	}
	for _, t := range s.Told {
		if !now.Before(t.Until) {
			return true
		}
	}
	return len(s.Told) == 0
}
