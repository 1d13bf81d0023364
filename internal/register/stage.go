package register

import "stablefutures/internal/date"

// Stage is how far an entry has come in the NRM on a day. Values are stored in
// counts: never rename one.
type Stage string

const (
	StageSuspected         Stage = "suspected"
	StageWaitingReasonable Stage = "waiting-reasonable-grounds"
	StageWaitingConclusive Stage = "waiting-conclusive-grounds"
	StageConclusivePos     Stage = "conclusive-positive"
	StageConclusiveNeg     Stage = "conclusive-negative"
	StageReasonableNeg     Stage = "reasonable-negative"
	StageWithdrawn         Stage = "withdrawn"
	StageClosed            Stage = "closed"
)

// Stages are all stages in the order in which tables show them.
var Stages = []Stage{
	StageSuspected, StageWaitingReasonable, StageWaitingConclusive, StageConclusivePos,
	StageConclusiveNeg, StageReasonableNeg, StageWithdrawn, StageClosed,
}

// Label is the stage in plain words.
func (s Stage) Label() string {
	switch s {
	case StageSuspected:
		return "Suspected, not referred"
	case StageWaitingReasonable:
		return "Waiting for reasonable grounds"
	case StageWaitingConclusive:
		return "Waiting for conclusive grounds"
	case StageConclusivePos:
		return "Conclusive grounds positive"
	case StageConclusiveNeg:
		return "Conclusive grounds negative"
	case StageReasonableNeg:
		return "Reasonable grounds negative"
	case StageWithdrawn:
		return "Withdrawn"
	case StageClosed:
		return "Closed"
	}
	return string(s)
}

// Stage is how far the entry has come at the end of a day. What is dated later
// has not happened yet; a decision without a day counts as made. A closed
// referral is closed whatever was decided.
func (e Entry) Stage(today date.Date) Stage {
	if e.State() != Referred || e.Day(FieldReferredOn) > today {
		return StageSuspected
	}
	if closed := e.Day(FieldClosedOn); closed.Known() && closed <= today {
		return StageClosed
	}
	reasonable := e.decidedBy(FieldReasonableGrounds, FieldReasonableGroundsOn, today)
	conclusive := e.decidedBy(FieldConclusiveGrounds, FieldConclusiveGroundsOn, today)
	switch {
	case reasonable == Withdrawn || conclusive == Withdrawn:
		return StageWithdrawn
	case conclusive == Positive:
		return StageConclusivePos
	case conclusive == Negative:
		return StageConclusiveNeg
	case reasonable == Negative:
		return StageReasonableNeg
	case reasonable == Positive:
		return StageWaitingConclusive
	}
	return StageWaitingReasonable
}

func (e Entry) decidedBy(field, on string, today date.Date) string {
	if e.Day(on) > today {
		return Undecided
	}
	return e[field]
}
