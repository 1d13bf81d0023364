package template

import "stablefutures/internal/framework"

// readingsColumns explain themselves with the editions that may be answered to.
func readingsColumns(editions []*framework.Edition) []column {
	return []column{
		childColumn,
		{id: colConversation, label: "Conversation", help: "Any word or number that is the same for all answers of one conversation. Answers of one child on one day with the same word are one conversation."},
		{id: colSaidOn, label: "Said on", help: "The day of the conversation, as 31/03/2026."},
		{id: colLanguage, label: "Language", help: "The language in which it was held."},
		{id: colEdition, label: "Edition", help: "Which edition of the framework the answer is to.", allowed: editionIDs(editions)},
		{id: colIndicator, label: "Indicator", help: "The indicator's number in the edition, such as safe-home.1, or its whole wording."},
		{id: colVoice, label: "Voice", help: "Whose answer it is. The two are never merged; no worker's name.", allowed: labelsOf(voiceWords)},
		{id: colAnswer, label: "Answer", help: "A number from 1 (lowest) to 5, or the words of the edition's scale, or one of the four that are no answer.", allowed: append([]string{"1", "2", "3", "4", "5"}, labelsOf(stateWords)...)},
		{id: colEvidence, label: "Evidence", help: "Worker's answers only: what the answer rests on.", allowed: labelsOf(evidenceWords)},
		{id: colHelpedBy, label: "Helped by", help: "Who helped the young person to answer. Part several with semicolons.", allowed: labelsOf(helpWords), several: true},
		{id: colWords, label: "Words", help: "The reason, in the young person's (or the worker's) own words. No names, no addresses."},
		{id: colReading, label: "Reading id", help: "Leave it empty. An export fills it in, so that its file can be taken in again without anything counting twice."},
		{id: colReplaces, label: "Replaces", help: "Leave it empty. An export names the reading that this one corrects."},
		{id: colRecordedAt, label: "Recorded at", help: "Leave it empty. An export says when the answer was recorded, so that what was said last stays last."},
	}
}

func editionIDs(editions []*framework.Edition) []string {
	ids := make([]string, len(editions))
	for i, e := range editions {
		ids[i] = e.ID
	}
	return ids
}
