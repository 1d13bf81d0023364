package service

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// writesToOwn is what the log says of whoever writes something that the young person
// reads: not what, and not to what.
const writesToOwn = "write to their own page"

// NewReply is a reply to what a young person asked for.
type NewReply struct {
	ID       string // made by the form: what is sent twice is one
	Came     conversation.Came
	Why      conversation.WhyNot
	By       date.Date // by when it will be done; unknown for none
	Words    string
	Language string  // tag of the words
	After    int     // how many replies the form showed
	Wrong    Invalid // what could not be read of the form
}

// sound is a reply without what does not go with it: what is done needs no reason and no
// day, and no words have no language.
func (n NewReply) sound() NewReply {
	n.Words = strings.TrimSpace(n.Words)
	if !n.Came.MayHaveWhy() {
		n.Why = ""
	}
	if !n.Came.MayHaveDay() {
		n.By = ""
	}
	if n.Words == "" {
		n.Language = ""
	}
	return n
}

func (n NewReply) check(today date.Date) Invalid {
	wrong := slices.Clone(n.Wrong)
	if !n.Came.Known() {
		wrong = append(wrong, FieldError{"came", "Choose what came of it."})
	}
	switch {
	case n.Came.NeedsWhy() && !n.Why.Known():
		wrong = append(wrong, FieldError{"why", "Choose why it cannot be done: nobody is told no without a reason."})
	case n.Why != "" && !n.Why.Known():
		wrong = append(wrong, FieldError{"why", "Choose a reason from the list."})
	}
	if n.By.Known() && n.By < today {
		wrong = append(wrong, FieldError{"by", "The day must be today or later."})
	}
	return append(wrong, checkOwnWords(n.Words, n.Language)...)
}

// checkOwnWords holds words for a young person to what their page can show.
func checkOwnWords(words, language string) (wrong Invalid) {
	if utf8.RuneCountInString(words) > maxWords {
		wrong = append(wrong, FieldError{"words", "This is too long to be read: write at most 4,000 characters."})
	}
	if _, ok := locale.Of(language); words != "" && !ok {
		wrong = append(wrong, FieldError{"language", "Choose the language in which you wrote."})
	}
	return wrong
}

// AnswerAsk replies to what a young person asked for. All replies are kept, and the
// latest holds. Where somebody else replied since the form was shown, it is said first:
// two people do not promise two things without knowing of it.
func (s *Service) AnswerAsk(ctx context.Context, actor Actor, record, ask string, n NewReply) error {
	n = n.sound()
	return s.changeRecord(ctx, actor, access.AnswerAsks, record, writesToOwn, func(tx *store.Tx, _ access.Scope, head child.Child) error {
		a, err := oneAsk(tx.AsksFor(actor.Authority, head.ID, actor.Account))(ask)
		if err != nil {
			return err
		}
		if wrong := n.check(s.todayIn(tx)); len(wrong) > 0 {
			return wrong
		}
		all, err := tx.RepliesFor(actor.Authority, head.ID, actor.Account)
		if err != nil {
			return err
		}
		before := all[a.ID]
		switch {
		case slices.ContainsFunc(before, func(r store.AskReply) bool { return r.ID == n.ID }):
			return errNothing
		case len(before) != n.After:
			return Invalid{{"came", "Somebody else has answered in between. Read their answer above. Send yours if it is still needed: the latest counts."}}
		}
		if n.ID == "" {
			n.ID = s.ids.New()
		}
		r := store.AskReply{ID: n.ID, Ask: a.ID, Number: len(before) + 1, Child: a.Child, Came: n.Came, Why: n.Why, By: n.By, Words: n.Words, Language: n.Language, RepliedBy: actor.Account}
		if err := tx.AddReply(actor.Authority, r); err != nil {
			return err
		}
		if err := ignoring(tx.SeeAsk(actor.Authority, a.ID, actor.Account), store.ErrNotFound); err != nil {
			return err
		}
		return s.planReply(tx, actor, head.ID, r)
	})
}

// planReply keeps the plan with a reply: what will be done by a day stands on it, what is
// done is done, and what cannot be done is no longer promised.
func (s *Service) planReply(tx *store.Tx, actor Actor, record string, r store.AskReply) error {
	steps, err := tx.StepsFor(actor.Authority, record, actor.Account)
	if err != nil {
		return err
	}
	steps = slices.DeleteFunc(steps, func(p store.PlanStep) bool { return p.Ask != r.Ask || p.DoneOn.Known() })
	if r.By.Known() {
		step := store.PlanStep{ID: s.ids.New(), Child: r.Child, Ask: r.Ask, Words: r.Words, Language: r.Language, Owner: actor.Account, By: r.By, AddedBy: actor.Account}
		if len(steps) == 0 {
			return tx.AddStep(actor.Authority, step)
		}
		step.ID, step.Child = steps[0].ID, steps[0].Child
		return tx.ChangeStep(actor.Authority, step)
	}
	for _, step := range steps {
		switch r.Came {
		case conversation.Done:
			err = tx.FinishStep(actor.Authority, step.ID, s.todayIn(tx))
		case conversation.Cannot:
			err = tx.EndStep(actor.Authority, step.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
