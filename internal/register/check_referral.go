package register

import "stablefutures/internal/date"

const (
	// reflectionDays is the time that the guidance gives before a conclusive
	// grounds decision.
	reflectionDays = 30
	// pilotDays: the devolved decision-making pilot takes children who are more
	// than this many days from their eighteenth birthday.
	pilotDays = 100
)

// nrmFields are the fields that make sense only with a referral.
var nrmFields = []string{
	FieldReferredOn, FieldRoute, FieldReasonableGrounds, FieldReasonableGroundsOn,
	FieldConclusiveGrounds, FieldConclusiveGroundsOn, FieldClosedOn, FieldClosedReason,
}

func (c *checker) state() {
	switch c.entry.State() {
	case "":
		c.fail(FieldState, "missing-value", "Say whether the child was referred to the NRM or exploitation is suspected.")
	case Suspected:
		for _, id := range nrmFields {
			if c.entry[id] != "" {
				c.fail(id, "not-referred", "%s is filled in, but the child is recorded as suspected and not referred: empty it, or change the state to referred.", quote(id))
			}
		}
		if !c.entry.Day(FieldSuspectedOn).Known() {
			c.warn(FieldSuspectedOn, "missing-date", "There is no day on which exploitation was first suspected: add it if it is known.")
		}
	case Referred:
		if !c.entry.Day(FieldReferredOn).Known() {
			c.fail(FieldReferredOn, "missing-date", "A referred child needs the day of the referral: add it, or change the state to suspected.")
		}
		suspected, referred := c.entry.Day(FieldSuspectedOn), c.entry.Day(FieldReferredOn)
		if suspected.Known() && referred.Known() && suspected > referred {
			c.warn(FieldSuspectedOn, "wrong-order", "Exploitation was first suspected on %s, after the referral on %s: check both days.", suspected.Long(), referred.Long())
		}
	}
}

func (c *checker) decisions() {
	c.decision(FieldReasonableGrounds, FieldReasonableGroundsOn)
	c.decision(FieldConclusiveGrounds, FieldConclusiveGroundsOn)
	c.notBefore(FieldReasonableGroundsOn, FieldReferredOn)
	c.notBefore(FieldConclusiveGroundsOn, FieldReferredOn)
	c.notBefore(FieldConclusiveGroundsOn, FieldReasonableGroundsOn)
	for _, id := range []string{FieldReferredOn, FieldReasonableGroundsOn, FieldConclusiveGroundsOn} {
		c.notBefore(FieldClosedOn, id)
	}
	c.conclusiveNeedsReasonable()
	switch closed := c.entry.Day(FieldClosedOn).Known(); {
	case closed && c.entry[FieldClosedReason] == "":
		c.warn(FieldClosedReason, "missing-value", "The referral is closed without a reason: add why.")
	case !closed && c.entry[FieldClosedReason] != "":
		c.fail(FieldClosedOn, "missing-date", "There is a reason for closing but no day: add the day, or empty the reason.")
	}
}

// decision holds a decision and its day together.
func (c *checker) decision(field, on string) {
	decided := c.entry[field] != "" && c.entry[field] != Undecided
	dated := c.entry.Day(on).Known()
	switch {
	case dated && !decided:
		c.fail(field, "missing-value", "There is a day of the decision but no decision: choose positive, negative or withdrawn in %s, or empty the day.", quote(field))
	case decided && !dated:
		c.warn(on, "missing-date", "%s has no day: add it, so that waiting times can be told.", quote(field))
	}
}

func (c *checker) conclusiveNeedsReasonable() {
	conclusive := c.entry[FieldConclusiveGrounds]
	if conclusive == "" {
		return
	}
	if c.entry[FieldReasonableGrounds] != Positive {
		if conclusive == Undecided {
			c.warn(FieldConclusiveGrounds, "needs-reasonable-grounds", "Conclusive grounds cannot be waited for before a positive reasonable grounds decision: check both.")
		} else {
			c.fail(FieldConclusiveGrounds, "needs-reasonable-grounds", "A conclusive grounds decision follows only a positive reasonable grounds decision: record that one, or empty this one.")
		}
		return
	}
	reasonable, on := c.entry.Day(FieldReasonableGroundsOn), c.entry.Day(FieldConclusiveGroundsOn)
	if days := reasonable.DaysUntil(on); reasonable.Known() && on.Known() && days >= 0 && days < reflectionDays {
		c.warn(FieldConclusiveGroundsOn, "soon-decision", "Conclusive grounds came %s after reasonable grounds; at least %d are usual: check both days.", countDays(days), reflectionDays)
	}
}

// age holds the answers about age against the date of birth.
func (c *checker) age() {
	referred := c.entry.Day(FieldReferredOn)
	if age, ok := c.born.AgeOn(referred); ok {
		under := age < 18
		if answer := c.entry[FieldUnder18Now]; answer == Yes && !under || answer == No && under {
			c.warn(FieldUnder18Now, "age-differs", "By the date of birth the young person was %d at referral: check the answer, the date of birth and the day of referral. While age is disputed, leave the answer and say so in the note.", age)
		}
	}
	if c.entry[FieldRoute] == RouteDevolved && c.born.Known() && referred.Known() {
		if eighteenth := eighteenthBirthday(c.born); referred.DaysUntil(eighteenth) <= pilotDays {
			c.warn(FieldRoute, "too-near-18", "The pilot decides only for children more than %d days from 18, and this one turns 18 on %s: check who decides.", pilotDays, eighteenth.Long())
		}
	}
}

// eighteenthBirthday of somebody born on 29 February is 1 March, as AgeOn counts.
func eighteenthBirthday(born date.Date) date.Date {
	return date.Of(born.Time().AddDate(18, 0, 0))
}
