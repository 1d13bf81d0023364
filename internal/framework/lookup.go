package framework

// Outcomes are all outcomes in the edition's order.
func (e *Edition) Outcomes() []Outcome {
	var list []Outcome
	for _, p := range e.Principles {
		list = append(list, p.Outcomes...)
	}
	return list
}

// Outcome finds an outcome by its id.
func (e *Edition) Outcome(id string) (Outcome, bool) {
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			if o.ID == id {
				return o, true
			}
		}
	}
	return Outcome{}, false
}

// Indicator finds an indicator by its id.
func (e *Edition) Indicator(id string) (Indicator, bool) {
	_, i, ok := e.find(id)
	return i, ok
}

// OutcomeOf finds the outcome to which an indicator belongs.
func (e *Edition) OutcomeOf(indicator string) (Outcome, bool) {
	o, _, ok := e.find(indicator)
	return o, ok
}

func (e *Edition) find(indicator string) (Outcome, Indicator, bool) {
	for _, p := range e.Principles {
		for _, o := range p.Outcomes {
			for _, i := range o.Indicators {
				if i.ID == indicator {
					return o, i, true
				}
			}
		}
	}
	return Outcome{}, Indicator{}, false
}
