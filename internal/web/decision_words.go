package web

import "stablefutures/internal/store"

// decisionTitle names what is decided.
func decisionTitle(act, reference string) string {
	switch act {
	case store.DecideErase:
		return "Erase record " + reference
	case store.DecideLift:
		return "Lift the restriction of record " + reference
	}
	return "An export with names"
}

// decisionLines say what will happen, and what cannot be taken back.
var decisionLines = map[string][]string{
	store.DecideExport: {
		"Whoever asked can download one file, once, within 24 hours: who the young people are (reference, the council’s number, name, date of birth), the register, and all that they said.",
		"It holds the records that whoever asked may open. For a data officer it holds every record that is not restricted to others.",
		"A file that has left cannot be called back. It must be kept where only those can open it who need it, and be deleted when its purpose is done.",
	},
	store.DecideErase: {
		"Everything that is kept of the young person goes: who they are, what returns say, the register, every conversation and every word, and who works with them.",
		"Nobody can bring it back. Nobody finds the record any more, and figures no longer count it.",
		"Files that are taken in later do not bring it back: their rows about this young person are left out.",
		"What stays is that a record with this reference was erased, when, and which two people decided it; and in the log, without a name, who opened it and when, also in an emergency. The reasons that you two write are erased too.",
		"What has left before stays where it is: files that were downloaded, printed pages, backups that were made before.",
	},
	store.DecideLift: {
		"Everybody whose role or team opens the record can open it again, from that moment on.",
		"It can be restricted again later. Who has seen it by then has seen it.",
	},
}

// askLines say what is asked of whom.
var askLines = map[string]string{
	store.DecideExport: "Nothing is done yet: a second manager or data officer decides within seven days.",
	store.DecideErase:  "Nothing is done yet: a second manager or data officer decides within seven days. It is done in the moment they say yes.",
	store.DecideLift:   "Nothing is done yet: another person whom the restriction names decides within seven days. Nobody else is told.",
}

// yesWords are on the button that says yes.
var yesWords = map[string]string{store.DecideExport: "Yes, let them download it", store.DecideErase: "Yes, erase the record", store.DecideLift: "Yes, lift the restriction"}

// askTitles head the page that asks, and askButtons are its button.
var (
	askTitles = map[string]string{store.DecideExport: "Ask for an export with names", store.DecideErase: "Ask for a record to be erased", store.DecideLift: "Ask for a restriction to be lifted"}

	askButtons = map[string]string{store.DecideExport: "Ask for it", store.DecideErase: "Continue", store.DecideLift: "Ask for it"}
)

// decisionsDone are said on the page of decisions after something was done there.
var decisionsDone = map[string]string{
	"asked":                "It was asked for. A second person has to decide: it stands below until they have.",
	"withdrawn":            "You took it back. Nothing was done.",
	"no":                   "You said no. Nothing was done.",
	"yes-export":           "You said yes. Whoever asked can download the file once, within 24 hours.",
	"yes-erase":            "You said yes. The record was erased.",
	"yes-erase-traces":     "You said yes. The record was erased. Its sealed traces in free space of the file remain until the next record is erased, or the space is used again: tell whoever runs this service.",
	"yes-lift-restriction": "You said yes. The restriction was lifted.",
}

// lateMessage tells who was not the first, or came too late.
const lateMessage = "Somebody decided this before you, or it is no longer open. Your answer did nothing: what became of it stands below."
