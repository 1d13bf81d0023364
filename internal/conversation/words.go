package conversation

// Label is how staff read who helped.
func (h Help) Label() string {
	return map[Help]string{
		Nobody: "Nobody", WorkerHelp: "Worker", Interpreter: "Interpreter", Friend: "Friend or family",
		Advocate: "Advocate or guardian", ReadAloud: "Read aloud",
	}[h]
}

// Label is how staff read what a reading rests on.
func (e Evidence) Label() string {
	return map[Evidence]string{
		Said: "What the young person said", Seen: "What I have seen", Told: "What another professional told",
		Documented: "Document or record", Judgement: "My judgement",
	}[e]
}

// Label is how staff read a state where no edition is at hand.
func (s State) Label() string {
	return map[State]string{
		NotTalkedAbout: "Not talked about yet", DoesNotWantToSay: "Does not want to say", DoesNotKnow: "Does not know",
		NotPartOfMyLife: "Not part of my life",
	}[s]
}

// Label is how staff read whose reading it is.
func (v Voice) Label() string {
	return map[Voice]string{YoungPerson: "Young person", Worker: "Worker"}[v]
}
