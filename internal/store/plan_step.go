package store

import (
	"database/sql"
	"time"

	"stablefutures/internal/date"
)

// PlanStep is something that will be done, as the young person reads it. A step that came
// of an ask is seen by whoever may see the ask, and by nobody else.
type PlanStep struct {
	ID       string
	Child    string // whose it is
	Ask      string // of which it came; empty for none
	Words    string // empty where the words of the ask say it
	Language string // tag of the words
	Owner    string // account that does it
	By       date.Date
	AddedAt  time.Time
	AddedBy  string
	DoneOn   date.Date // unknown while it is not done
	EndedAt  time.Time // when it was taken off; zero while it stands
}

const planColumns = `select p.id, p.child_id, p.ask_id, p.words, p.language, p.owner, p.by_on, p.added_at, p.added_by, p.done_on, p.ended_at
	from plan_step p join child c on c.authority = p.authority and c.id = p.child_id
	left join ask a on a.authority = p.authority and a.id = p.ask_id `

// planOrder puts what is not done first, what is due soonest at the top.
const planOrder = ` order by case when p.done_on = '' then 0 else 1 end, case when p.by_on = '' then 1 else 0 end, p.by_on, p.added_at, p.id`

var (
	insertStep = statement(`insert into plan_step (authority, id, child_id, ask_id, words, language, owner, by_on, added_at, added_by, done_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')`)
	stepsOf    = statement(planColumns + `where p.authority = $1 and c.record_id = $2 and p.ended_at is null` + planOrder)
	stepsFor   = statement(planColumns + `where p.authority = $1 and c.record_id = $2 and p.ended_at is null and (p.ask_id = '' or ` + askFor("$3") + `)` + planOrder)
	everyStep  = statement(planColumns + `where p.authority = $1 and c.record_id = $2 and (p.ask_id = '' or ` + askFor("$3") + `)` + planOrder)
	changeStep = statement(`update plan_step set words = $3, language = $4, owner = $5, by_on = $6 where authority = $1 and id = $2 and done_on = '' and ended_at is null`)
	finishStep = statement(`update plan_step set done_on = $3 where authority = $1 and id = $2 and done_on = '' and ended_at is null`)
	endStep    = statement(`update plan_step set ended_at = $3 where authority = $1 and id = $2 and done_on = '' and ended_at is null`)
)

// AddStep puts a step on the plan; ErrConflict where its id is there already.
func (tx *Tx) AddStep(authority string, p PlanStep) error {
	words, err := tx.sealStep(authority, p)
	if err != nil {
		return err
	}
	return tx.exec(insertStep, authority, p.ID, p.Child, p.Ask, words, p.Language, p.Owner, string(p.By), instant(tx.Now), p.AddedBy)
}

// ChangeStep keeps other words, another day or another owner of a step that is not done.
func (tx *Tx) ChangeStep(authority string, p PlanStep) error {
	words, err := tx.sealStep(authority, p)
	if err != nil {
		return err
	}
	return tx.execOne(changeStep, authority, p.ID, words, p.Language, p.Owner, string(p.By))
}

// FinishStep notes that a step was done; ErrNotFound where it is no more to be done.
func (tx *Tx) FinishStep(authority, id string, on date.Date) error {
	return tx.execOne(finishStep, authority, id, string(on))
}

// EndStep takes a step off the plan; ErrNotFound where it is no more to be done.
func (tx *Tx) EndStep(authority, id string) error {
	return tx.execOne(endStep, authority, id, instant(tx.Now))
}

// StepsOf is a young person's whole plan, for themselves alone.
func (tx *Tx) StepsOf(authority, record string) ([]PlanStep, error) {
	return tx.openedSteps(authority, stepsOf, authority, record)
}

// StepsFor is what an account may see of the plan.
func (tx *Tx) StepsFor(authority, record, account string) ([]PlanStep, error) {
	return tx.openedSteps(authority, stepsFor, authority, record, account)
}

// EveryStepFor is the same, with what was taken off.
func (tx *Tx) EveryStepFor(authority, record, account string) ([]PlanStep, error) {
	return tx.openedSteps(authority, everyStep, authority, record, account)
}

func (tx *Tx) sealStep(authority string, p PlanStep) (string, error) {
	return tx.sealText(childOf(authority, p.Child), place(authority, "plan_step", "words", p.ID), p.Words)
}

func (tx *Tx) openedSteps(authority string, q stmt, args ...any) ([]PlanStep, error) {
	list, err := all(tx, q, args, func(row scanner) (p PlanStep, err error) {
		var added string
		var ended sql.NullString
		err = row.Scan(&p.ID, &p.Child, &p.Ask, &p.Words, &p.Language, &p.Owner, &p.By, &added, &p.AddedBy, &p.DoneOn, &ended)
		p.AddedAt, p.EndedAt = parseInstant(added), parseInstant(ended.String)
		return p, err
	})
	return opened(list, err, func(p *PlanStep) (err error) {
		p.Words, err = tx.openText(childOf(authority, p.Child), place(authority, "plan_step", "words", p.ID), p.Words)
		return err
	})
}
