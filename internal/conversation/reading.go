// Package conversation holds readings: one answer by one voice to one indicator
// at one time, made in a conversation. It says what a reading may hold, which
// readings stand after corrections, and how a voice moved.
//
// No SQL, no pages, no counting over children belong here.
package conversation

import (
	"strconv"
	"time"

	"stablefutures/internal/date"
)

// State says whether a reading is an answer or one of the four states that are
// not answers. None of the four is a low answer. Values are stored.
type State string

const (
	Answered         State = "answered"
	NotTalkedAbout   State = "not-talked-about"
	DoesNotWantToSay State = "does-not-want-to-say"
	DoesNotKnow      State = "does-not-know"
	NotPartOfMyLife  State = "not-part-of-my-life"
)

// States are the five values in the order in which they are offered.
var States = []State{Answered, DoesNotWantToSay, DoesNotKnow, NotPartOfMyLife, NotTalkedAbout}

// Chosen is what was chosen on a form: a step of the scale, a state, or nothing.
func Chosen(text string) (State, int) {
	if value, err := strconv.Atoi(text); err == nil {
		return Answered, value
	}
	return State(text), 0
}

// Voice is whose reading it is. Voices are never merged.
type Voice string

const (
	YoungPerson Voice = "young-person"
	Worker      Voice = "worker"
)

// Voices are the voices that can be recorded today.
var Voices = []Voice{YoungPerson, Worker}

// Help is who helped the young person to answer; helped answers differ.
type Help string

const (
	Nobody      Help = "nobody"
	WorkerHelp  Help = "worker"
	Interpreter Help = "interpreter"
	Friend      Help = "friend-or-family"
	Advocate    Help = "advocate-or-guardian"
	ReadAloud   Help = "read-aloud"
)

// Helps are the kinds of help in the order in which they are offered.
var Helps = []Help{Nobody, WorkerHelp, Interpreter, Advocate, Friend, ReadAloud}

// How is how a conversation was held. Values are stored.
type How string

const (
	InTalk     How = "talk"
	OwnPage    How = "own-page"    // the young person alone, on their own page
	HandedOver How = "handed-over" // on a worker's tablet
	OnPaper    How = "paper"
	FromFile   How = "file"
)

// Evidence is what a worker's own reading rests on.
type Evidence string

const (
	Said       Evidence = "what-the-young-person-said"
	Seen       Evidence = "what-i-have-seen"
	Told       Evidence = "what-another-professional-told"
	Documented Evidence = "document-or-record"
	Judgement  Evidence = "my-judgement"
)

// EvidenceKinds are the kinds of evidence in the order in which they are offered.
var EvidenceKinds = []Evidence{Said, Seen, Told, Documented, Judgement}

// Reading is one answer by one voice to one indicator at one time. Readings are
// never changed: a correction is a new reading that names the one it replaces.
type Reading struct {
	ID           string
	Child        string // id of the child
	Conversation string
	Edition      string
	Indicator    string
	Voice        Voice
	By           string // account that recorded it; empty where a file brought it
	State        State
	Value        int // 1–5 where State is Answered, else 0
	HelpedBy     []Help
	Evidence     Evidence // worker's readings only
	Words        string   // the reason, in the young person's (or the worker's) words
	SaidOn       date.Date
	RecordedAt   time.Time
	Replaces     string // id of the reading this one corrects; empty for a first one
}
