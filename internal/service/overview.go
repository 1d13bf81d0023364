package service

import (
	"context"
	"slices"
	"strconv"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// Overview is how many, and how they are: every number of the page and of its
// downloads. Who was identified, suspected and missing is the answer's to say, so
// that there are no two countings of almost the same young people.
type Overview struct {
	Authority  store.Authority
	Edition    *framework.Edition
	Today      date.Date
	Year       date.Date // 31 March: of the answer and of the reviews
	Unfinished bool      // the year has not ended
	Years      []date.Date
	Answer     AnswerPage
	MayExact   bool // this person may open every record counted
	Published  bool // small numbers are kept back
	Silence    string
	Rule       string
	cells      map[string]disclosure.Cell
}

// Cell is a number by its id; not available where nothing was counted under it.
func (o Overview) Cell(id string) disclosure.Cell { return o.cells[id] }

// Has tells whether anything is said under an id: of few people, nothing is
// published but how many they are.
func (o Overview) Has(id string) bool {
	_, ok := o.cells[id]
	return ok
}

// Telling says whether a measure of an outcome is told, or why not.
type Telling string

// The tellings of a measure, which follow from its base alone.
const (
	Told     Telling = "told"
	Nobody   Telling = "nobody"    // its base is nobody
	TooFew   Telling = "too few"   // its base is too small to say anything
	KeptBack Telling = "kept back" // its base is kept back
)

// ItemCounts are the numbers of one outcome or one indicator. Now are the latest
// readings of the young people who spoke; Moved compares each one's latest answer
// with their first; Apart counts those whose worker's answer is two steps or more
// from theirs, on an indicator on which both answer now.
type ItemCounts struct {
	Now                  [5]disclosure.Cell // of the values 1 to 5
	States               map[conversation.State]disclosure.Cell
	Nothing              disclosure.Cell // not talked about
	Spoke                disclosure.Cell // base of Now
	Up, Same, Down, Once disclosure.Cell
	Answered             disclosure.Cell // base of the four
	Apart, Both          disclosure.Cell // Both is the base of Apart

	Spread, Moved, Voices Telling
}

// statesSaid are the states that count beside the answers, in the order in which
// they show.
var statesSaid = []conversation.State{conversation.DoesNotWantToSay, conversation.DoesNotKnow, conversation.NotPartOfMyLife}

// Item gives the numbers of an outcome or indicator by its id. Of an indicator
// only who spoke is published.
func (o Overview) Item(id string) ItemCounts {
	c := func(rest string) disclosure.Cell { return o.cells[id+"/"+rest] }
	counts := ItemCounts{
		States: map[conversation.State]disclosure.Cell{}, Nothing: c("now/nothing"), Spoke: c("spoke"),
		Up: c("moved/up"), Same: c("moved/same"), Down: c("moved/down"), Once: c("moved/once"),
		Answered: c("answered"), Apart: c("apart/apart"), Both: c("both"),
	}
	for i := range counts.Now {
		counts.Now[i] = c("now/" + strconv.Itoa(i+1))
	}
	for _, state := range statesSaid {
		counts.States[state] = c("now/" + string(state))
	}
	counts.Spread, counts.Moved, counts.Voices = telling(counts.Spoke), tellingOfMoved(counts.Spoke, counts.Answered), telling(counts.Both)
	return counts
}

// telling is whether something is told of a base. It looks at what is shown of
// the base alone, so that it tells no more than that.
func telling(base disclosure.Cell) Telling {
	switch {
	case !base.Shown:
		return KeptBack
	case base.Value == 0:
		return Nobody
	case base.Value < profile.MinBase:
		return TooFew
	}
	return Told
}

// tellingOfMoved knows that whoever spoke has answered: where the base is kept
// back, but enough spoke, it is large enough.
func tellingOfMoved(spoke, answered disclosure.Cell) Telling {
	if !answered.Shown && telling(spoke) == Told {
		return Told
	}
	return telling(answered)
}

// Overview counts for a year; the latest that was read where year is unknown.
// Exact numbers are for those who may open every record counted; everybody else,
// and whoever asks for it published, gets them with small numbers kept back.
func (s *Service) Overview(ctx context.Context, actor Actor, year date.Date, published bool) (o Overview, err error) {
	o = Overview{Rule: profile.Rule}
	if o.Years, err = s.YearsRead(ctx, actor); err != nil {
		return o, err
	}
	if o.Year = year; !year.Known() {
		o.Year = s.YearToShow(o.Years)
	}
	var exact figures
	err = s.look(ctx, actor, access.ReadPublished, func(tx *store.Tx, _ access.Scope) error {
		o.Today = s.todayIn(tx)
		o.Unfinished = goesOn(o.Year, o.Today)
		if o.Authority, err = tx.Authority(actor.Authority); err != nil {
			return err
		}
		if o.Edition, err = s.editionInUse(tx, actor.Authority); err != nil {
			return err
		}
		if o.MayExact, err = mayExact(tx, actor); err != nil {
			return err
		}
		o.Published = published || !o.MayExact
		if o.Answer, err = s.answerIn(tx, actor, o.Year, o.Published); err != nil {
			return err
		}
		exact, err = s.figuresIn(tx, o)
		return err
	})
	if err != nil {
		return o, err
	}
	o.cells = exact.cells()
	if o.Published {
		if o.cells, err = s.published(o, exact); err != nil {
			return o, err
		}
	}
	o.Silence = silence(o)
	return o, nil
}

// silence is why nothing is said outcome by outcome; empty where something is.
// It follows from what is shown.
func silence(o Overview) string {
	all, talked := o.Cell("register"), o.Cell("talked")
	few := "Fewer than " + strconv.Itoa(profile.MinBase)
	switch {
	case all == disclosure.Number(0):
		return "Nobody is on the register."
	case !all.Shown || all.Value < profile.MinBase:
		return few + " young people are on the register: too few to say how they are."
	case talked == disclosure.Number(0):
		return "Nobody on the register has had a conversation yet."
	case talked.Shown && talked.Value < profile.MinBase:
		return few + " of those on the register have had a conversation: too few to say how they are."
	case !slices.ContainsFunc(o.Edition.Outcomes(), func(out framework.Outcome) bool { return o.Has(out.ID + "/spoke") }):
		return "How they are is kept back, so that nobody can be recognised."
	}
	return ""
}

// YearToShow is the year that a page shows where nobody chose one: the latest
// that was read and is over, or the latest complete one where none was read.
func (s *Service) YearToShow(read []date.Date) date.Date {
	over := s.Today().YearBegin().AddDays(-1)
	for _, year := range read {
		if year <= over {
			return year
		}
	}
	if len(read) > 0 {
		return read[0]
	}
	return over
}
