package web

import (
	"net/http"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/young"
)

// ownGivenRoutes are what young people gave on their own pages.
func (s *Server) ownGivenRoutes() []route {
	return []route{{pattern: "GET /records/{record}/own/{said}", act: access.ReadRecord, handle: s.sendOwnFile}}
}

// ownGivenView is what a young person said on their own page that is no reading.
type ownGivenView struct {
	Latest      []ownGivenItem
	Earlier     []ownGivenItem // the rest, folded under EarlierText
	EarlierText string
}

type ownGivenItem struct {
	When   string
	About  string
	Answer string
	Words  string
	Kind   string // "drawing", "picture", "sound"; empty for what has no file
	File   string // address
	How    string
	Alone  bool // for who reads this alone
}

// latestGiven is how many are seen before unfolding the rest.
const latestGiven = 5

func ownGiven(r service.Record) ownGivenView {
	list := ownItems(r.Own, r.Head.Record, r.Accounts)
	view := ownGivenView{Latest: list[:min(len(list), latestGiven)], Earlier: list[min(len(list), latestGiven):]}
	if n := len(view.Earlier); n > 0 {
		view.EarlierText = "Before that: " + ui.Count(n, "thing", "things")
	}
	return view
}

func ownItems(own []service.OwnGiven, record string, accounts map[string]string) (list []ownGivenItem) {
	for _, given := range own {
		item := ownGivenItem{When: given.SaidOn.Long(), How: heldHow(given.How, accounts[given.By]), Words: given.Words, Alone: given.Audience == conversation.One}
		if given.File != "" {
			item.Kind, item.File = given.Kind, recordPath(record)+"/own/"+given.ID
		}
		if e := given.Edition; e != nil {
			if o, ok := e.Outcome(given.Outcome); ok {
				item.About, _, _ = e.Text(o.Title, framework.YoungPerson, pageLanguage)
			}
			if i, ok := e.Indicator(given.Indicator); ok && given.Kind == "answer" {
				item.About, _, _ = e.Text(i.Title, framework.YoungPerson, pageLanguage)
				item.Answer = readingWords(e, conversation.Reading{State: given.State, Value: given.Value}, framework.YoungPerson)
			}
		}
		list = append(list, item)
	}
	return list
}

// sendOwnFile gives a drawing, a picture or a sound to who may see it.
func (s *Server) sendOwnFile(r *http.Request, v *visit) (answer, error) {
	f, err := s.service.OwnFileOf(r.Context(), v.actor, r.PathValue("record"), r.PathValue("said"))
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) error { return young.WriteFile(w, r, f.Kind, f.Body) }, nil
}

// howWords are how something came to be said.
var howWords = map[conversation.How]string{
	conversation.InTalk: "In a talk with a worker", conversation.OwnPage: "On their own page", conversation.HandedOver: "On a tablet that was handed over",
	conversation.OnPaper: "On paper", conversation.FromFile: "A file of readings",
}

// heldHow says how a conversation was held and who wrote it down: name is whose account
// did, empty where none.
func heldHow(how conversation.How, name string) string {
	switch how {
	case conversation.OwnPage, conversation.HandedOver, conversation.FromFile:
		return howWords[how]
	case conversation.OnPaper:
		return howWords[how] + ", typed in by " + orWords(name, "somebody")
	}
	return "Recorded by " + orWords(name, "somebody")
}

// writer is who wrote a reading of a conversation down, within a sentence.
func writer(talk service.Talk, account string) string {
	return orWords(talk.Accounts[account], nobodyOf(talk.Conversation.How))
}

// nobodyOf is who wrote down what no account did.
func nobodyOf(how conversation.How) string {
	if how == conversation.OwnPage || how == conversation.HandedOver {
		return "the young person"
	}
	return "a file"
}

func howOf(talks []store.Conversation, id string) conversation.How {
	for _, t := range talks {
		if t.ID == id {
			return t.How
		}
	}
	return ""
}
