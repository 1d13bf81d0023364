package young

import (
	"errors"
	"net/http"

	"stablefutures/internal/service"
)

const (
	minePage      = "/me/mine"
	mineAgainPage = minePage + "/again"
)

// mineRoutes are the four pictures with which a young person sees again what they keep
// from others.
func (p *Pages) mineRoutes() []Route {
	return []Route{
		{Pattern: "GET " + minePage, handle: p.showMine},
		{Pattern: "POST " + minePage, handle: p.takeMine},
		{Pattern: "GET " + mineAgainPage, handle: p.showMineAgain},
		{Pattern: "POST " + mineAgainPage, handle: p.keepMine},
	}
}

// showMine asks for the pictures, or to choose them where there are none or they are open.
func (p *Pages) showMine(r *http.Request, v *visit) (answer, error) {
	lock, err := p.service.OwnLock(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	return p.minePictures(v, lock, http.StatusOK, ""), nil
}

func (p *Pages) minePictures(v *visit, lock service.OwnLock, status int, wrong string) answer {
	title := "pictures.choose"
	if lock.There && !lock.Open {
		title = "pictures.title"
	}
	return p.page(v, page{Back: choicesPage, Status: status}, "pictures", picturesView{Title: v.words.Say(title), Wrong: wrong, Action: minePage})
}

// takeMine takes the pictures: to open what is kept, or chosen for the first time.
func (p *Pages) takeMine(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	lock, err := p.service.OwnLock(r.Context(), v.young)
	if err != nil {
		return nil, err
	}
	to, wrong := mineAgainPage, v.words.Say("pictures.choose")
	if lock.There && !lock.Open {
		to, wrong = saidPage, v.words.Say("mine.wrong")
		err = p.service.OpenOwnLock(r.Context(), v.young, picked(values))
	} else {
		err = p.service.ChooseOwnLock(v.young, picked(values))
	}
	switch {
	case errors.Is(err, service.ErrOwnPictures):
		return p.minePictures(v, lock, http.StatusUnprocessableEntity, wrong), nil
	case errors.Is(err, service.ErrOwnLockRests):
		return p.minePictures(v, lock, http.StatusTooManyRequests, v.words.Say("mine.rests")), nil
	case err != nil:
		return nil, err
	}
	return redirect(to), nil
}

func (p *Pages) showMineAgain(_ *http.Request, v *visit) (answer, error) {
	return p.page(v, page{Back: minePage}, "pictures", picturesView{Title: v.words.Say("pictures.again"), Action: mineAgainPage}), nil
}

func (p *Pages) keepMine(r *http.Request, v *visit) (answer, error) {
	values, err := form(r)
	if err != nil {
		return nil, err
	}
	err = p.service.KeepOwnLock(r.Context(), v.young, picked(values))
	if errors.Is(err, service.ErrOwnPictures) {
		return p.minePictures(v, service.OwnLock{}, http.StatusUnprocessableEntity, v.words.Say("pictures.different")), nil
	}
	if err != nil {
		return nil, err
	}
	return redirect(choicesPage), nil
}

// ownPhone is a phone that is remembered, as a young person reads it.
type ownPhone struct {
	Since  string
	Forget string // address
}

// forgetAnyPhone cuts off a phone that is remembered, wherever it is.
func (p *Pages) forgetAnyPhone(r *http.Request, v *visit) (answer, error) {
	if _, err := form(r); err != nil {
		return nil, err
	}
	if err := p.service.ForgetOwnDevice(r.Context(), v.young, r.PathValue("phone")); err != nil {
		return nil, err
	}
	return redirect(choicesPage), nil
}

// phonesOf are all phones that are remembered for a young person.
func (p *Pages) phonesOf(r *http.Request, v *visit) (list []ownPhone, err error) {
	devices, err := p.service.OwnDevices(r.Context(), v.young)
	for _, d := range devices {
		list = append(list, ownPhone{v.words.Say("phones.since", "date", day(d.Since)), choicesPage + "/phones/" + d.ID + "/forget"})
	}
	return list, err
}
