package young

import (
	"net/http"
	"slices"
	"strings"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

type languageItem struct {
	locale.Language
	Speech  string
	Current bool
	Sound   heard
}

func (p *Pages) showLanguages(_ *http.Request, v *visit) (answer, error) {
	var list []languageItem
	for _, tag := range locale.Tags {
		if w, ok := locale.Of(tag); ok {
			item := languageItem{Language: w.Language, Speech: speech(tag), Current: tag == v.young.Language}
			if p.opt.Sounds.Has(tag, languageKey) {
				item.Sound = heard{languagePage + "/" + tag, w.Name}
			}
			list = append(list, item)
		}
	}
	frame := page{}
	if v.young.Language != "" {
		frame.Back = choicesPage
	}
	return p.page(v, frame, "languages", list), nil
}

func (p *Pages) chooseLanguage(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	tag := r.PostForm.Get("language")
	if _, ok := locale.Of(tag); !ok {
		return nil, service.ErrNotFound
	}
	first := v.young.Language == ""
	pictures := v.young.Pictures
	if chosen := r.PostForm["pictures"]; len(chosen) > 0 {
		pictures = slices.Contains(chosen, "yes") // an empty box sends the "no" beside it alone
	}
	if err := p.service.ChooseOwn(r.Context(), v.young, tag, pictures); err != nil {
		return nil, err
	}
	if first {
		return redirect(firstPage), nil
	}
	return redirect(homePage), nil
}

// firstView says what this is before anything is asked.
type firstView struct {
	Who     string
	Names   string   // of those who work with them
	Nobody  bool     // is on duty
	Numbers []number // to call, where nobody is told at once
}

func (p *Pages) showFirst(r *http.Request, v *visit) (answer, error) {
	people, err := p.service.OwnPeople(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	safety, err := p.service.OwnSafety(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	view := firstView{Who: v.words.Say("first.who.none"), Nobody: safety.First == ""}
	if !safety.Reached {
		view.Numbers = numbersIn(v.words, safety.Numbers)
	}
	if names := people.Workers; len(names) > 0 {
		view.Names = strings.Join(names, ", ")
		view.Who = v.words.Say("first.who.names", "names", view.Names)
	}
	return p.page(v, page{}, "first", view), nil
}

// homeLink is one way on from the first page.
type homeLink struct {
	Href, Icon, Key string
	New             int
}

func (p *Pages) showHome(r *http.Request, v *visit) (answer, error) {
	unread, err := p.service.OwnUnread(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	links := []homeLink{
		{cardsPage, "talk", "home.talk", 0}, {ownPage, "pen", "home.own", 0}, {saidPage, "lines", "home.said", 0}, {asksPage, "hand", "home.asks", unread},
		{planPage, "steps", "home.plan", 0}, {peoplePage, "eye", "home.who", 0}, {choicesPage, "choice", "home.choices", 0},
	}
	return p.page(v, page{}, "home", links), nil
}
