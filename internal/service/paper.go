package service

import (
	"context"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/child"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/framework"
	"stablefutures/internal/store"
)

// PaperAnswer is what was marked and written on one line of an answer sheet.
type PaperAnswer struct {
	Indicator string             // empty for what is written below all lines, about nothing special
	State     conversation.State // empty where nothing was marked
	Value     int
	Words     string
}

// said tells whether anything stands on the line. An empty line is nothing said.
func (a PaperAnswer) said() bool { return a.State != "" || a.Words != "" }

// KeepPaper keeps an answer sheet that a young person filled in: a conversation that was
// held on paper, with all its answers or none. It gives the conversation's id, by which
// a sheet that is sent twice is one. Words without a mark are no reading; they stand
// beside the readings, for everybody who helps.
func (s *Service) KeepPaper(ctx context.Context, actor Actor, record string, n NewConversation, answers []PaperAnswer) (string, error) {
	for i := range answers {
		answers[i].Words = strings.TrimSpace(answers[i].Words)
	}
	answers = slices.DeleteFunc(answers, func(a PaperAnswer) bool { return !a.said() })
	if n.ID == "" {
		n.ID = s.ids.New()
	}
	err := s.changeRecord(ctx, actor, access.WriteRecord, record, "type in what was said on paper", func(tx *store.Tx, scope access.Scope, head child.Child) error {
		if wrong := checkPaper(n, answers, s.todayIn(tx)); len(wrong) > 0 {
			return wrong
		}
		talk, edition, err := s.addTalk(tx, scope, actor, head, n, conversation.OnPaper)
		if err != nil {
			return err
		}
		for _, a := range answers {
			if err := s.keepLine(tx, actor, head.ID, talk, edition, a); err != nil {
				return err
			}
		}
		return nil
	})
	return n.ID, err
}

// keepLine keeps what stands on one line.
func (s *Service) keepLine(tx *store.Tx, actor Actor, record string, talk store.Conversation, edition *framework.Edition, a PaperAnswer) error {
	outcome, ok := edition.OutcomeOf(a.Indicator)
	if below := a.Indicator == "" && a.State == ""; !ok && !below {
		return store.ErrNotFound
	}
	if a.State == "" {
		return tx.AddOwnSaid(actor.Authority, store.OwnSaid{ID: s.ids.New(), Child: talk.Child, Conversation: talk.ID, Kind: "words", Outcome: outcome.ID,
			Words: a.Words, Audience: conversation.Helpers, SaidOn: talk.HeldOn})
	}
	r, err := s.reading(tx, actor, talk, NewReading{Conversation: talk.ID, Indicator: a.Indicator, Voice: conversation.YoungPerson, State: a.State, Value: a.Value, Words: a.Words})
	if err != nil {
		return err
	}
	_, err = s.keep(tx, actor.Authority, record, r)
	return ignoring(err, errNothing)
}

// checkPaper finds what is wrong with a sheet; the field of an answer is "answer-" or
// "words-" with its indicator, and "more" of what is about nothing special.
func checkPaper(n NewConversation, answers []PaperAnswer, today date.Date) Invalid {
	wrong := n.check(today)
	if len(answers) == 0 {
		wrong = append(wrong, FieldError{"answers", "Nothing is typed in yet. Choose at least one answer, or write what they wrote."})
	}
	for _, a := range answers {
		state := a.State
		if state == "" {
			state = conversation.DoesNotKnow // of words alone there is none to check
		}
		for _, w := range (NewReading{Voice: conversation.YoungPerson, State: state, Value: a.Value, Words: a.Words}).check() {
			field := w.Field + "-" + a.Indicator
			if a.Indicator == "" {
				field = "more"
			}
			wrong = append(wrong, FieldError{field, w.Message})
		}
	}
	return wrong
}
