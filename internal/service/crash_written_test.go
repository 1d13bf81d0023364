package service_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/store"
)

// written is what a record holds after a crash.
type written struct {
	talks    []store.Conversation
	readings []conversation.Reading
	register []store.RegisterVersion
	drafts   map[string][]store.Draft
	audit    []store.AuditEntry
}

// written reads all of it on one view.
func (h *house) written(t *testing.T, record string) (w written) {
	t.Helper()
	err := h.db.Read(t.Context(), func(tx *store.Tx) (err error) {
		w = written{drafts: map[string][]store.Draft{}}
		if _, err := tx.Record(access.Scope{Authority: "999", Reach: access.Authority}, record); err != nil {
			return err
		}
		if w.talks, err = tx.ConversationsOfRecord("999", record); err != nil {
			return err
		}
		for _, talk := range w.talks {
			drafts, err := tx.DraftsOfConversation("999", talk.ID)
			if err != nil {
				return err
			}
			if len(drafts) > 0 {
				w.drafts[talk.ID] = drafts
			}
		}
		if w.readings, err = tx.ReadingsOfRecord("999", record); err != nil {
			return err
		}
		if w.register, err = tx.RegisterOfRecord("999", record); err != nil {
			return err
		}
		w.audit, err = tx.AuditOfRecord("999", record, 1_000_000)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// has tells whether something that was acknowledged is there: its kind, the record,
// its id or number, and for a draft how far it was written.
func (w written) has(said []string) bool {
	switch said[0] {
	case "talk":
		return slices.ContainsFunc(w.talks, func(v store.Conversation) bool { return v.ID == said[2] })
	case "reading":
		return slices.ContainsFunc(w.readings, func(r conversation.Reading) bool { return r.ID == said[2] })
	case "register":
		return slices.ContainsFunc(w.register, func(v store.RegisterVersion) bool { return strconv.Itoa(v.Version) == said[2] })
	case "draft":
		return slices.ContainsFunc(w.drafts[said[2]], func(d store.Draft) bool { return d.Words >= said[3] })
	}
	return false
}

// instants are when what is there was written, by the act that the log calls it.
func (w written) instants() map[string][]time.Time {
	at := map[string][]time.Time{}
	for _, v := range w.talks {
		at["begin conversation"] = append(at["begin conversation"], v.RecordedAt)
	}
	for _, r := range w.readings {
		at["record reading"] = append(at["record reading"], r.RecordedAt)
	}
	for _, v := range w.register {
		at["change register"] = append(at["change register"], v.RecordedAt)
	}
	return at
}

// entries are the instants of the entries in the log about one act.
func (w written) entries(act string) (at []time.Time) {
	for _, e := range w.audit {
		if e.Act == act {
			at = append(at, e.At)
		}
	}
	return at
}
