package service

import (
	"bytes"
	"slices"

	"stablefutures/internal/conversation"
	"stablefutures/internal/media"
	"stablefutures/internal/store"
)

// saidJustNow tells whether what is said now is what they said last of the same, in this
// conversation and to the same people: a browser that went back has made the page, and with
// it the id, anew. What they said something else after is said again.
func saidJustNow(tx *store.Tx, y Young, said store.OwnSaid, file *media.File) (bool, error) {
	before, err := tx.OwnSaidOf(y.Authority, y.Record)
	if err != nil {
		return false, err
	}
	for _, b := range slices.Backward(before) {
		if b.Conversation != said.Conversation || b.Kind != said.Kind || b.Outcome != said.Outcome || b.Indicator != said.Indicator {
			continue
		}
		if !b.OpenedAt.IsZero() || !sameSaid(b, said) {
			return false, nil
		}
		if file != nil {
			kept, err := tx.OwnFile(y.Authority, b.ID)
			return bytes.Equal(kept.Body, file.Body), err
		}
		since, err := answeredSince(tx, y, b)
		return !since, err
	}
	return false, nil
}

// answeredSince tells whether a question was answered for everybody who helps after it was
// answered for fewer.
func answeredSince(tx *store.Tx, y Young, b store.OwnSaid) (bool, error) {
	if b.Kind != "answer" {
		return false, nil
	}
	readings, err := tx.ReadingsOfConversation(y.Authority, y.Record, b.Conversation)
	return slices.ContainsFunc(readings, func(r conversation.Reading) bool { return r.Indicator == b.Indicator && !r.RecordedAt.Before(b.SaidAt) }), err
}
