package young

import (
	"encoding/json"
	"errors"
	"net/http"

	"stablefutures/internal/service"
)

// deviceCookie is kept by a device that its young person chose to be remembered on, and
// by no other. It opens nothing without the pictures or the passkey.
const deviceCookie = "d"

// rememberedFor is how long a browser keeps it, in seconds: 400 days, the most that
// browsers allow, from the last time that it was used.
const rememberedFor = 400 * 24 * 60 * 60

const (
	phonePage      = choicesPage + "/phone"
	phoneAgainPage = phonePage + "/again"
	phoneKey       = phonePage + "/key"
)

// rememberRoutes are how a device is remembered and forgotten.
func (p *Pages) rememberRoutes() []Route {
	return []Route{
		{Pattern: "GET " + phonePage, handle: p.showPictures},
		{Pattern: "POST " + phonePage, handle: p.takePictures},
		{Pattern: "GET " + phoneAgainPage, handle: p.showPicturesAgain},
		{Pattern: "POST " + phoneAgainPage, handle: p.rememberPictures},
		{Pattern: "POST " + phoneKey + "/ask", handle: p.askForNewKey},
		{Pattern: "POST " + phoneKey, handle: p.rememberKey},
		{Pattern: "POST " + phonePage + "/forget", handle: p.forgetPhone},
		{Pattern: "POST " + choicesPage + "/phones/{phone}/forget", handle: p.forgetAnyPhone},
		{Pattern: "POST /in/ask", Open: true, handle: p.askForKey},
	}
}

// phoneView is whether the phone is remembered, on the page of choices.
type phoneView struct {
	Done bool
	Key  bool // a passkey can belong to the pages
}

// phoneOf is nothing on a tablet that was handed over: it is not theirs.
func (p *Pages) phoneOf(r *http.Request, v *visit) (*phoneView, error) {
	if v.young.MayBeRemembered() != nil {
		return nil, nil
	}
	remembered, err := p.service.Remembered(r.Context(), p.keptBy(r))
	if err != nil && !errors.Is(err, service.ErrOwnForgotten) {
		return nil, err
	}
	return &phoneView{Done: remembered.Of(v.young), Key: p.opt.Site(r).TakesPasskeys()}, nil
}

// keptBy is what the browser keeps of a device that is remembered; empty where nothing.
func (p *Pages) keptBy(r *http.Request) string {
	if authority, token, ok := p.tokenOf(r, deviceCookie); ok {
		return authority + "." + token
	}
	return ""
}

// keeping lets the browser keep a device, or not any more where kept is empty, and
// answers then.
func (p *Pages) keeping(kept string, then answer) answer {
	return func(w http.ResponseWriter, r *http.Request) error {
		maxAge := rememberedFor
		if kept == "" {
			maxAge = -1
		}
		http.SetCookie(w, p.cookie(deviceCookie, kept, maxAge))
		return then(w, r)
	}
}

func (p *Pages) showPictures(r *http.Request, v *visit) (answer, error) {
	return p.picturesPage(v, http.StatusOK, "")
}

// picturesPage asks for four pictures for the first time.
func (p *Pages) picturesPage(v *visit, status int, wrong string) (answer, error) {
	if err := v.young.MayBeRemembered(); err != nil {
		return nil, err
	}
	return p.page(v, page{Back: choicesPage, Status: status}, "pictures", picturesView{Title: v.words.Say("pictures.choose"), Wrong: wrong, Action: phonePage}), nil
}

func (p *Pages) takePictures(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = p.service.ChooseOwnPictures(v.young, picked(values))
	if errors.Is(err, service.ErrOwnPictures) {
		return p.picturesPage(v, http.StatusUnprocessableEntity, v.words.Say("pictures.choose"))
	}
	if err != nil {
		return nil, err
	}
	return redirect(phoneAgainPage), nil
}

func (p *Pages) showPicturesAgain(_ *http.Request, v *visit) (answer, error) {
	if err := v.young.MayBeRemembered(); err != nil {
		return nil, err
	}
	return p.page(v, page{Back: phonePage}, "pictures", picturesView{Title: v.words.Say("pictures.again"), Action: phoneAgainPage}), nil
}

func (p *Pages) rememberPictures(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	kept, err := p.service.RememberPictures(r.Context(), v.young, picked(values), p.keptBy(r))
	if errors.Is(err, service.ErrOwnPictures) {
		return p.picturesPage(v, http.StatusUnprocessableEntity, v.words.Say("pictures.different"))
	}
	if err != nil {
		return nil, err
	}
	return p.keeping(kept, redirect(choicesPage)), nil
}

// askForNewKey tells a script what the browser is to make. All that a device shows of it
// is the title of every page.
func (p *Pages) askForNewKey(r *http.Request, v *visit) (answer, error) {
	title := v.words.Say("title")
	site := p.opt.Site(r)
	site.Name = title
	return asked(p.service.AskForOwnKey(v.young, site, title))
}

func (p *Pages) askForKey(r *http.Request, _ *visit) (answer, error) {
	return asked(p.service.AskForOwnKeyOf(r.Context(), p.keptBy(r), p.opt.Site(r)))
}

// asked answers a script. Whatever stands in the way, it offers another way.
func asked(a service.Asked, err error) (answer, error) {
	if _, slow := errors.AsType[service.TooMany](err); slow || errors.Is(err, service.ErrOwnForgotten) {
		err = service.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(a)
	}, nil
}

func (p *Pages) rememberKey(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	kept, err := p.service.RememberKey(r.Context(), v.young, p.opt.Site(r), r.PostForm.Get("id"), []byte(r.PostForm.Get("proof")), p.keptBy(r))
	if errors.Is(err, service.ErrProof) {
		return nil, ErrBadForm
	}
	if err != nil {
		return nil, err
	}
	return p.keeping(kept, redirect(choicesPage)), nil
}

func (p *Pages) forgetPhone(r *http.Request, v *visit) (answer, error) {
	if err := p.service.ForgetDevice(r.Context(), v.young, p.keptBy(r)); err != nil {
		return nil, err
	}
	return p.keeping("", redirect(choicesPage)), nil
}
