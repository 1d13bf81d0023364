package young

import (
	"errors"
	"html/template"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"stablefutures/internal/id"
	"stablefutures/internal/media"
	"stablefutures/internal/service"
	"stablefutures/internal/web/drawings"
)

// ownWayRoutes are what a young person says in their own way.
func (p *Pages) ownWayRoutes() []Route {
	return []Route{
		{Pattern: "GET " + ownPage, handle: p.showOwn},
		{Pattern: "POST " + ownPage, Most: 8 * media.Most, Slow: true, handle: p.keepOwn},
		{Pattern: "GET /me/file/{said}", Slow: true, handle: p.sendFile},
	}
}

// ownView is the page on which they say something in their own way.
type ownView struct {
	IDs      []string // of the words, the drawing, the picture and the sound: sent twice each is one
	Topics   []topic
	Words    string
	Audience []choice
	Wrong    string
}

// topic is one of what it can be about.
type topic struct {
	ID      string
	Text    service.Phrase
	Drawing template.HTML // Safety: a drawing of this program
	Checked bool
}

// ownKinds are what can be sent, in the order of the ids.
var ownKinds = []string{"words", "drawing", "picture", "sound"}

// ownForm is a form as it was sent.
type ownForm struct {
	ids                 []string
	words, outcome, who string
	files               map[string][]byte
	wrong               string // key of what is wrong with it
}

func (p *Pages) showOwn(r *http.Request, v *visit) (answer, error) {
	return p.ownWith(r, v, ownForm{who: "helpers"}, http.StatusOK)
}

func (p *Pages) ownWith(r *http.Request, v *visit, f ownForm, status int) (answer, error) {
	talk, err := p.service.OwnTalk(r.Context(), v.young, v.words.Tag)
	if err != nil {
		return nil, err
	}
	view := ownView{Words: f.words, Audience: audiences(talk.Words, talk.Workers, f.who), Topics: []topic{{Text: service.Phrase{Text: v.words.Say("own.nothing"), Tag: v.words.Tag}, Checked: f.outcome == ""}}}
	for i := range ownKinds {
		id := p.service.NewID()
		if i < len(f.ids) && f.ids[i] != "" {
			id = f.ids[i]
		}
		view.IDs = append(view.IDs, id)
	}
	for _, o := range talk.Words.Edition.Outcomes() {
		drawing, _ := drawings.For(o.Drawing)
		view.Topics = append(view.Topics, topic{o.ID, talk.Words.Outcome(o), drawing, o.ID == f.outcome})
	}
	if f.wrong != "" {
		view.Wrong = v.words.Say(f.wrong)
		if r.Header.Get(keepsItself) != "" {
			return tellWrong(status, view.Wrong), nil
		}
	}
	return p.page(v, page{Back: homePage, Status: status}, "own", view), nil
}

// tellWrong tells a script what is wrong.
func tellWrong(status int, message string) answer {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set(isWrong, url.PathEscape(message))
		w.WriteHeader(status)
		return nil
	}
}

// keepOwn keeps what was said. Where something is wrong with it, what was typed and
// chosen stays; nobody who was left out by that is let in: where the choice of who may
// see it did not come, it is to be made again.
func (p *Pages) keepOwn(r *http.Request, v *visit) (answer, error) {
	f, err := readOwn(r)
	if err != nil {
		return nil, err
	}
	if f.wrong != "" {
		status := http.StatusUnprocessableEntity
		if f.wrong == "error.big" {
			status = http.StatusRequestEntityTooLarge
		}
		return p.ownWith(r, v, f, status)
	}
	err = p.service.SayOwnWay(r.Context(), v.young, f.said()...)
	var wrong service.Invalid
	switch {
	case errors.As(err, &wrong):
		f.wrong = wrongOwn(wrong)
		return p.ownWith(r, v, f, http.StatusUnprocessableEntity)
	case err != nil:
		return nil, err
	}
	return redirect(saidPage), nil
}

// said is what a form says: each file is one thing, with the words where it is the first.
func (f ownForm) said() (list []service.NewOwnSaid) {
	audience, account := readAudience(f.who)
	words := f.words
	add := func(i int, file []byte) {
		list = append(list, service.NewOwnSaid{ID: f.ids[i], Kind: ownKinds[i], Outcome: f.outcome, Words: words, File: file, Audience: audience, Account: account})
		words = ""
	}
	for i, kind := range ownKinds {
		if file, ok := f.files[kind]; ok {
			add(i, file)
		}
	}
	if len(list) == 0 {
		add(0, nil)
	}
	return list
}

// wrongOwn is what to say of what the service does not take.
func wrongOwn(wrong service.Invalid) string {
	for _, w := range wrong {
		if w.Field != "who" {
			return w.Message // a key
		}
	}
	return "error.again"
}

// readOwn reads a form with files, part by part and into memory alone. Of what is too
// big it reads to the end, so that the rest of the form still counts.
func readOwn(r *http.Request) (ownForm, error) {
	f := ownForm{files: map[string][]byte{}}
	parts, err := r.MultipartReader()
	if err != nil {
		return f, ErrBadForm
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == nil && n < 20 {
			err = f.read(part)
		} else if err == nil {
			err = ErrBadForm
		}
		var tooLarge *http.MaxBytesError
		switch {
		case errors.Is(err, io.EOF):
			f.ids = append(f.ids, make([]string, len(ownKinds))...)[:len(ownKinds)]
			return f, nil
		case errors.As(err, &tooLarge):
			f.wrong = "error.big"
			return f, nil
		case err != nil:
			return f, ErrBadForm
		}
	}
}

// read takes one part. A file of nothing that has a name was chosen; one without was not.
func (f *ownForm) read(part *multipart.Part) error {
	name, isFile := part.FormName(), part.FileName() != ""
	most := int64(maxForm)
	if isFile {
		most = media.Most
	}
	data, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return err
	}
	if int64(len(data)) > most {
		f.wrong = "error.big"
		if !isFile {
			f.wrong = "error.long"
		}
		_, err := io.Copy(io.Discard, part)
		return err
	}
	switch text := string(data); {
	case isFile && (name == "drawing" || name == "picture" || name == "sound"):
		f.files[name] = data
	case isFile, name == "drawing", name == "picture", name == "sound": // nothing was chosen
	case !Plain(text):
		return ErrBadForm
	case name == "id" && len(f.ids) < len(ownKinds):
		f.ids = append(f.ids, id.Known(text))
	case name == "words":
		f.words = text
	case name == "outcome":
		f.outcome = text
	case name == "who":
		f.who = text
	}
	return nil
}

// sendFile gives them a file of theirs.
func (p *Pages) sendFile(r *http.Request, v *visit) (answer, error) {
	f, err := p.service.OwnFile(r.Context(), v.young, r.PathValue("said"))
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request) error { return WriteFile(w, r, f.Kind, f.Body) }, nil
}
