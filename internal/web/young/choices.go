package young

import (
	"fmt"
	"net/http"

	"stablefutures/internal/date"
	"stablefutures/internal/service"
)

// day writes a day in figures, which every language reads: 25/11/2026.
func day(d date.Date) string {
	if len(d) != len("2006-01-02") {
		return string(d)
	}
	return fmt.Sprintf("%s/%s/%s", d[8:], d[5:7], d[:4])
}

func (p *Pages) showPeople(r *http.Request, v *visit) (answer, error) {
	people, err := p.service.OwnPeople(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	return p.page(v, page{Back: homePage}, "people", peopleView{v.words, people}), nil
}

type peopleView struct {
	words service.OwnWords
	service.OwnPeople
}

// Why says in their words why somebody can see the page.
func (p peopleView) Why(v service.OwnViewer) string {
	if v.Why == "" {
		return ""
	}
	return p.words.Say("people." + v.Why)
}

// Looked says who looked, and when.
func (p peopleView) Looked(l service.OwnLook) string {
	return p.words.Say("people.looked.on", "name", l.Name, "date", day(l.On))
}

// OpenedAs says when the page was opened, and how.
func (p peopleView) OpenedAs(o service.OwnOpening) string {
	how := "opened.code"
	switch {
	case o.Device:
		how = "opened.device"
	case o.HandedOver:
		how = "opened.tablet"
	}
	return p.words.Say(how, "name", o.Name, "date", day(date.Of(o.At))+" "+o.At.Format("15:04"))
}

// Listed says that a list was made on which they may be.
func (p peopleView) Listed(on date.Date) string {
	return p.words.Say("people.list", "date", day(on))
}

// choicesView is what a young person has decided, and can decide anew.
type choicesView struct {
	Pictures bool
	Mine     service.OwnLock
	Phone    *phoneView // nothing where it cannot be remembered
	Phones   []ownPhone
	Agreed   []agreedItem
}

// agreedItem is something that they were asked about.
type agreedItem struct {
	What, Said string
	Stop       string // address that stops it; empty where it does not hold
}

func (p *Pages) showChoices(r *http.Request, v *visit) (answer, error) {
	phone, err := p.phoneOf(r, v)
	if err != nil {
		return nil, err
	}
	view := choicesView{Pictures: v.young.Pictures, Phone: phone}
	if view.Mine, err = p.service.OwnLock(r.Context(), v.young); err != nil {
		return nil, err
	}
	if view.Phones, err = p.phonesOf(r, v); err != nil {
		return nil, err
	}
	agreed, err := p.service.OwnAgreed(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	for _, a := range agreed {
		item := agreedItem{What: v.words.Say("choices.study")}
		if a.Agency != "" {
			item.What = v.words.Say("choices.sharing", "agency", a.Agency)
		}
		switch {
		case a.Holds:
			item.Said, item.Stop = v.words.Say("choices.yes", "date", day(a.On)), choicesPage+"/"+a.Entry+"/stop"
		case a.Stopped:
			item.Said = v.words.Say("choices.stopped")
		default:
			item.Said = v.words.Say("choices.no", "date", day(a.On))
		}
		view.Agreed = append(view.Agreed, item)
	}
	return p.page(v, page{Back: homePage}, "choices", view), nil
}

// stopAgreed takes back what they agreed to, at once.
func (p *Pages) stopAgreed(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	if err := p.service.StopOwn(r.Context(), v.young, r.PathValue("entry")); err != nil {
		return nil, err
	}
	return redirect(choicesPage), nil
}

func (p *Pages) choosePictures(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	if err := p.service.ChooseOwn(r.Context(), v.young, v.young.Language, r.PostForm.Get("pictures") == "yes"); err != nil {
		return nil, err
	}
	return redirect(homePage), nil
}
