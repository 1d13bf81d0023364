package service

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/id"
	"stablefutures/internal/returns"
	"stablefutures/internal/store"
)

// readingIntake is the readings template at work.
type readingIntake struct {
	*intake
	talks  map[talkKey]string                   // conversation by what the file calls it
	byID   map[string]conversation.Reading      // readings held, by id
	byItem map[sayingKey][]conversation.Reading // readings of filed conversations that stand
	helped map[talkKey][]conversation.Help      // who helped, by the rows of this file
	used   map[string]bool                      // readings that a row of this file has been matched with
	fresh  []conversation.Reading
	begun  []store.Conversation
	moved  map[string]bool // records whose readings changed
}

// talkKey names a conversation of the template.
type talkKey struct {
	child   string
	heldOn  date.Date
	fileKey string
}

// sayingKey names what one voice said to one indicator in one conversation.
type sayingKey struct {
	conversation, edition, indicator string
	voice                            conversation.Voice
}

func sayingOf(r conversation.Reading) sayingKey {
	return sayingKey{r.Conversation, r.Edition, r.Indicator, r.Voice}
}

// takeReadings adds the rows that are new, and a correction for each row that
// says something else than before.
func (in *intake) takeReadings(report *FileReport, rows []returns.ReadingRow) error {
	work, err := in.newReadingIntake()
	if err != nil {
		return err
	}
	if err := work.noteHelp(rows); err != nil {
		return err
	}
	for _, row := range correctedFirst(rows) {
		if err := work.take(report, row); err != nil {
			return err
		}
	}
	number := 0
	if len(work.fresh) > 0 || len(work.begun) > 0 {
		number, in.next = in.next, in.next+1
	}
	records := slices.Sorted(maps.Keys(work.moved))
	err = in.s.projecting(in.tx, in.actor.Authority, records, work.write)
	if err != nil {
		return err
	}
	return in.deliverTemplate(report, number)
}

// correctedFirst puts each row behind the row of the same file that it corrects,
// and changes the order no further. Rows that correct each other in a circle
// come in some order: the first of them then finds nothing that it may replace.
func correctedFirst(rows []returns.ReadingRow) []returns.ReadingRow {
	at := make(map[string]int, len(rows))
	for n, row := range rows {
		if row.Reading.ID != "" {
			at[row.Reading.ID] = n
		}
	}
	out := make([]returns.ReadingRow, 0, len(rows))
	placed := make([]bool, len(rows))
	var place func(n int)
	place = func(n int) {
		if placed[n] {
			return
		}
		placed[n] = true
		if before, ok := at[rows[n].Reading.Replaces]; ok {
			place(before)
		}
		out = append(out, rows[n])
	}
	for n := range rows {
		place(n)
	}
	return out
}

func (in *intake) newReadingIntake() (*readingIntake, error) {
	work := &readingIntake{intake: in, talks: map[talkKey]string{}, byID: map[string]conversation.Reading{},
		byItem: map[sayingKey][]conversation.Reading{}, helped: map[talkKey][]conversation.Help{}, used: map[string]bool{}, moved: map[string]bool{}}
	talks, err := in.tx.FiledConversations(in.actor.Authority)
	if err != nil {
		return nil, err
	}
	for _, v := range talks {
		work.talks[talkKey{v.Child, v.HeldOn, v.FileKey}] = v.ID
	}
	held, err := in.tx.Readings(in.actor.Authority)
	if err != nil {
		return nil, err
	}
	for _, r := range held {
		work.byID[r.ID] = r
	}
	for _, r := range conversation.Heads(held) {
		work.byItem[sayingOf(r)] = append(work.byItem[sayingOf(r)], r)
	}
	return work, nil
}

// take compares one row with what is held. A row that names its reading is
// compared with that one; another row with what the same voice said to the same
// indicator in the same conversation.
func (w *readingIntake) take(report *FileReport, row returns.ReadingRow) error {
	key, err := w.childOf(row.Child)
	if err != nil {
		return err
	}
	r := row.Reading
	r.Child = key.ID
	if r.RecordedAt.IsZero() || r.RecordedAt.After(w.tx.Now) {
		// The rows of a file were recorded at one moment; a later row counts as later.
		r.RecordedAt = w.tx.Now.Add(time.Duration(len(w.fresh)) * time.Microsecond)
	}
	if held, ok := w.byID[r.ID]; ok {
		report.Same++ // readings never change: what has the same id is the same
		w.used[held.ID] = true
		return nil
	}
	r.Conversation = w.conversation(key.ID, row)
	if !w.mayReplace(r) {
		r.Replaces = ""
	}
	if before, ok := w.before(r); ok && r.ID == "" {
		w.used[before.ID] = true
		if sameSaying(before, r) {
			report.Same++
			return nil
		}
		report.Changed++
		r.Replaces = before.ID
	} else {
		report.Added++
	}
	if !id.Valid(r.ID) {
		r.ID = w.s.ids.New()
	}
	w.used[r.ID] = true
	w.byID[r.ID] = r
	w.fresh = append(w.fresh, r)
	w.moved[key.Record] = true
	return nil
}

// mayReplace tells whether the reading that an export says this one corrects is
// here, and is one of the same voice to the same indicator of the same child.
func (w *readingIntake) mayReplace(r conversation.Reading) bool {
	before, ok := w.byID[r.Replaces]
	return ok && before.Child == r.Child && before.Edition == r.Edition && before.Indicator == r.Indicator && before.Voice == r.Voice
}

// before is the reading held that a row without an id speaks of: the first that
// no other row of this file was matched with, one that says the same first.
func (w *readingIntake) before(r conversation.Reading) (conversation.Reading, bool) {
	var found conversation.Reading
	for _, held := range w.byItem[sayingOf(r)] {
		switch {
		case w.used[held.ID]:
		case sameSaying(held, r):
			return held, true
		case found.ID == "":
			found = held
		}
	}
	return found, found.ID != ""
}

// conversation is the row's conversation, begun where it is new.
func (w *readingIntake) conversation(childID string, row returns.ReadingRow) string {
	k := talkKey{childID, row.Reading.SaidOn, row.Conversation}
	if talk, ok := w.talks[k]; ok {
		return talk
	}
	talk := store.Conversation{ID: w.s.ids.New(), How: conversation.FromFile, Child: childID, Edition: row.Reading.Edition, HeldOn: row.Reading.SaidOn,
		Language: row.Language, HelpedBy: w.helped[k], FileKey: row.Conversation,
		Interpreter: slices.Contains(w.helped[k], conversation.Interpreter)}
	w.talks[k] = talk.ID
	w.begun = append(w.begun, talk)
	return talk.ID
}

// noteHelp gathers who helped in each conversation of a file. Nobody helps a worker
// to a reading of their own, so that only the young person's rows say it.
func (w *readingIntake) noteHelp(rows []returns.ReadingRow) error {
	for _, row := range rows {
		if row.Reading.Voice != conversation.YoungPerson {
			continue
		}
		key, err := w.childOf(row.Child)
		if err != nil {
			return err
		}
		k := talkKey{key.ID, row.Reading.SaidOn, row.Conversation}
		for _, help := range row.Reading.HelpedBy {
			if !slices.Contains(w.helped[k], help) {
				w.helped[k] = append(w.helped[k], help)
			}
		}
	}
	return nil
}

// write adds what take found, each correction behind what it corrects.
func (w *readingIntake) write() error {
	for _, talk := range w.begun {
		if err := w.tx.AddConversation(w.actor.Authority, talk); err != nil {
			return err
		}
	}
	if err := w.tx.AddReadings(w.actor.Authority, w.fresh); err != nil {
		return fmt.Errorf("add the readings: %w", err)
	}
	return nil
}

// sameSaying tells whether two readings of one voice say the same.
func sameSaying(a, b conversation.Reading) bool {
	return a.State == b.State && a.Value == b.Value && a.Evidence == b.Evidence &&
		strings.TrimSpace(a.Words) == strings.TrimSpace(b.Words) && slices.Equal(a.HelpedBy, b.HelpedBy)
}
