package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/alert"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/fiction"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web/webtest"
)

// night is a council at night with young people who have a page of their own.
type night struct {
	*site
	semhar, tam string // records
}

// TestPicturesOfOwnPagesForStaff takes the pictures of docs/screens of what staff see of
// young people's own pages: alerts, duty, what was asked for, ways in, paper, languages.
func TestPicturesOfOwnPagesForStaff(t *testing.T) {
	folder := os.Getenv("PICTURES")
	if folder == "" {
		t.Skip("pictures are taken by `make pictures`")
	}
	n := newNight(t)
	browser := webtest.Start(t)
	take := func(name string, role access.Role, open func() string) {
		t.Helper()
		for width, suffix := range map[int]string{390: "-390.png", 1280: "-1280.png"} {
			file := filepath.Join(folder, name+suffix)
			visit := webtest.Visit{URL: n.named(open()), Width: width, Cookies: []*http.Cookie{n.cookies[role]}}
			browser.Open(t, visit).Picture(t, file)
			keepTop(t, file)
		}
	}
	n.picturedAlerts(t, take)
	n.picturedAsks(t, take)
	n.picturedWays(t, take)
	n.picturedPaper(t, take)
	n.picturedLanguages(t, take)
}

// shot takes a picture of what somebody sees at an address.
type shot func(name string, role access.Role, open func() string)

// same is an address that is the same each time.
func same(path string) func() string { return func() string { return path } }

// newNight is a fictional council with people who have names, a team that works with
// nobody, and two young people, at twelve minutes past three in the morning.
func newNight(t *testing.T) *night {
	t.Helper()
	n := &night{site: newSiteOf(t, fiction.AuthorityName, true)}
	n.now = today.Add(-7*time.Hour + 12*time.Minute)
	for role, name := range map[access.Role]string{access.Worker: "Grace Adeyemi", access.DutyWorker: "Tom Ashworth", access.Manager: "Priya Nair", access.ParticipationLead: "Huw Bevan"} {
		n.renamed(t, role, name)
	}
	n.elsewhere(t)
	n.semhar, n.tam = n.young(t, "Semhar Tesfay"), n.young(t, "Tam Nguyen")
	return n
}

// renamed puts somebody with a name in the place of a role's person.
func (n *night) renamed(t *testing.T, role access.Role, name string) {
	t.Helper()
	username := string(role) + "-named"
	_, err := n.AddAccount(t.Context(), service.Operator("999"), service.NewAccount{Username: username, Name: name, Role: role, Password: password})
	done(t, err)
	in := n.wholeSession(t, username)
	n.actors[role], n.cookies[role] = in.Actor, sessionOf(in)
}

// ago does something as if it were some time ago.
func (n *night) ago(t *testing.T, ago time.Duration, do func() error) {
	t.Helper()
	now := n.now
	n.now = now.Add(-ago)
	err := do()
	n.now = now
	done(t, err)
}

// inside is a young person on their own page, in a language.
func (n *night) inside(t *testing.T, record, language string) service.Young {
	t.Helper()
	in, err := n.GiveOwnCode(t.Context(), n.actors[access.Worker], record, false)
	done(t, err)
	token, y, err := n.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.7"})
	done(t, err)
	done(t, n.ChooseOwn(t.Context(), y, language, false))
	y, err = n.OwnSession(t.Context(), "999", token)
	done(t, err)
	return y
}

// picturedAlerts are alerts, one that ended, one that somebody has and one that waits,
// and who is on duty.
func (n *night) picturedAlerts(t *testing.T, take shot) {
	t.Helper()
	manager, worker, duty := n.actors[access.Manager], n.actors[access.Worker], n.actors[access.DutyWorker]
	done(t, n.SetDuty(t.Context(), manager, []store.Duty{{Account: duty.Account, Email: "duty@fernshire.example"}, {Account: manager.Account, Email: "priya.nair@fernshire.example"}}))
	semhar, tam := n.inside(t, n.semhar, "ti"), n.inside(t, n.tam, "en")
	var ended, held, waiting string
	send := func(id *string, y service.Young, how alert.Reach, words string) func() error {
		return func() (err error) {
			*id, err = n.SendAlert(t.Context(), y, service.NewAlert{How: how, Words: words})
			return err
		}
	}
	n.ago(t, 50*time.Hour, send(&ended, tam, alert.Call, "A man from before is outside the school."))
	n.ago(t, 50*time.Hour-4*time.Minute, func() error { return n.AcknowledgeAlert(t.Context(), worker, ended, alert.Coming) })
	n.ago(t, 48*time.Hour, func() error {
		return n.CloseAlert(t.Context(), worker, ended, "I picked him up at school with his carer. The police have the number plate and were told who it may be.")
	})
	n.ago(t, 3*time.Hour, send(&held, tam, "", ""))
	n.ago(t, 3*time.Hour-2*time.Minute, func() error { return n.AcknowledgeAlert(t.Context(), duty, held, alert.Calling) })
	n.ago(t, 9*time.Minute, send(&waiting, semhar, alert.Not, "He is at the door. ኣብ ማዕጾ ኣሎ።"))
	n.ago(t, 4*time.Minute, func() error { return n.EscalateAlerts(t.Context()) })

	take("alerts", access.DutyWorker, same("/alerts"))
	take("alert", access.DutyWorker, same("/alerts/"+waiting))
	take("alert-that-somebody-has", access.DutyWorker, same("/alerts/"+held))
	take("duty", access.Manager, same("/duty"))
	done(t, n.AcknowledgeAlert(t.Context(), duty, waiting, alert.Police))
}

// picturedAsks is what was asked for, late and answered, and the plan.
func (n *night) picturedAsks(t *testing.T, take shot) {
	t.Helper()
	worker := n.actors[access.Worker]
	list := "/records/" + n.semhar + "/asks"
	ask := func(days int, words string) (id string) {
		t.Helper()
		id = n.NewID()
		n.ago(t, time.Duration(days)*24*time.Hour, func() error {
			return n.AskOwn(t.Context(), n.inside(t, n.semhar, "ti"), service.NewAsk{ID: id, Words: words, Audience: conversation.Helpers})
		})
		return id
	}
	answered := ask(20, "ናብ ቤተ ክርስቲያን ክኸይድ እደሊ")
	late := ask(12, "I want a lock for my door. The other girls come in when I sleep.")
	ask(1, "Can I talk to my sister?")
	n.ago(t, 15*24*time.Hour, func() error {
		return n.AnswerAsk(t.Context(), worker, n.semhar, answered, service.NewReply{ID: n.NewID(), Came: conversation.Working, By: date.Of(n.now.AddDate(0, 0, 20)),
			Words: "I asked your carer. We look for a church with people who speak Tigrinya.", Language: "en"})
	})
	done(t, n.AddPlanStep(t.Context(), worker, n.semhar, service.NewStep{ID: n.NewID(), Words: "Grace rings the college about the English class.", Language: "en", Owner: worker.Account, By: date.Of(n.now.AddDate(0, 0, 9))}))
	finished := n.NewID()
	done(t, n.AddPlanStep(t.Context(), worker, n.semhar, service.NewStep{ID: finished, Words: "You get a bus pass.", Language: "en", Owner: worker.Account}),
		n.FinishPlanStep(t.Context(), worker, n.semhar, finished))
	take("asks", access.Worker, same(list))
	take("ask-late", access.Worker, same(list+"/"+late))
	take("ask-answered", access.Worker, same(list+"/"+answered))
}

// picturedWays are the ways to a young person's own page: a code, a slip, a phone that is
// remembered and one that was cut off.
func (n *night) picturedWays(t *testing.T, take shot) {
	t.Helper()
	worker := n.actors[access.Worker]
	own := "/records/" + n.semhar + "/own-page"
	for days, pictures := range map[int][]int{30: {1, 2, 3, 4}, 3: {4, 4, 7, 12}} {
		n.ago(t, time.Duration(days)*24*time.Hour, func() error {
			y := n.inside(t, n.semhar, "ti")
			done(t, n.ChooseOwnPictures(y, pictures))
			_, err := n.RememberPictures(t.Context(), y, pictures, "")
			return err
		})
	}
	ways, err := n.OwnWaysOf(t.Context(), worker, n.semhar)
	done(t, err)
	done(t, n.CutOffDevice(t.Context(), worker, n.semhar, ways.Devices[len(ways.Devices)-1].ID))
	n.inside(t, n.semhar, "ti")
	_, err = n.GiveOwnSlip(t.Context(), worker, n.semhar, "ti")
	done(t, err)
	take("their-own-page", access.Worker, same(own))
	take("code-for-now", access.Worker, func() string { return n.post(t, access.Worker, own+"/code", url.Values{}).Location })
	take("slip", access.Worker, func() string { return n.post(t, access.Worker, own+"/slip", url.Values{"language": {"ti"}}).Location })
}

// picturedPaper are the papers, and answers typed back.
func (n *night) picturedPaper(t *testing.T, take shot) {
	t.Helper()
	paper := "/records/" + n.tam + "/paper"
	take("paper", access.Worker, same(paper))
	take("paper-sheet", access.Worker, same("/paper/sheet?language=ti&outcome=home&outcome=trust"))
	take("paper-answers", access.Worker, same(paper+"/answers?language=vi&outcome=home&outcome=trust"))
}

// picturedLanguages are the words of the pages, for those who keep them.
func (n *night) picturedLanguages(t *testing.T, take shot) {
	t.Helper()
	lead := n.actors[access.ParticipationLead]
	ti, _ := locale.Of("ti")
	for _, name := range []string{"page/leave", "page/closed"} {
		key := name[len("page/"):]
		done(t, n.KeepWording(t.Context(), lead, service.NewWording{Language: "ti", Name: name, State: locale.Reviewed, Words: map[string]string{"": ti.Say(key)}}))
	}
	take("languages", access.ParticipationLead, same("/languages"))
	take("language", access.ParticipationLead, same("/languages/ti"))
	take("a-text", access.ParticipationLead, same("/languages/cy/page/who.people"))
	take("words-sent", access.ParticipationLead, func() string {
		return n.uploadTo(t, access.ParticipationLead, "/languages/ti", map[string]string{"state": "reviewed"}, map[string]string{"tigrinya.xlsx": n.sentBack(t, "ti", "page/closed", "ገጽ ተዓጽዩ።")}).Location
	})
}
