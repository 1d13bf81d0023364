package young

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

// Sounds are recordings of texts, read aloud by people, that a council puts into a
// folder: ti/first.what.mp3, ti/indicator.home.1.ogg. What is there is looked up now and
// then; nothing outside of the folder is ever read, whatever a link in it points to.
type Sounds struct {
	root *os.Root
	now  func() time.Time

	mu    sync.Mutex
	known map[string]string // language/key to the name of the file
	until time.Time
}

// soundKinds are the kinds of recordings, by the ending of the name, the best liked first.
var soundKinds = []struct{ ending, kind string }{{".mp3", "audio/mpeg"}, {".m4a", "audio/mp4"}, {".ogg", "audio/ogg"}, {".webm", "audio/webm"}}

const (
	soundsAnew  = time.Minute
	largestText = 10 << 20 // bytes of a recording: some minutes of speech
	mostSounds  = 2000     // files of one language that are looked at
)

// soundKey is what a key looks like: nothing that leads elsewhere.
var soundKey = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)

// OpenSounds opens the folder of recordings.
func OpenSounds(folder string, now func() time.Time) (*Sounds, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder of sounds: %w", err)
	}
	return &Sounds{root: root, now: now}, nil
}

// Has tells whether a text is there in a language. Where there is no folder, none is.
func (s *Sounds) Has(tag, key string) bool {
	_, ok := s.file(tag, key)
	return ok
}

func (s *Sounds) file(tag, key string) (name string, ok bool) {
	if s == nil {
		return "", false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.now(); now.After(s.until) {
		s.known, s.until = s.look(), now.Add(soundsAnew)
	}
	name, ok = s.known[tag+"/"+key]
	return name, ok
}

// look finds what is in the folders of the languages. What cannot be read is not there.
func (s *Sounds) look() map[string]string {
	known := map[string]string{}
	for _, tag := range locale.Tags {
		list, err := fs.ReadDir(s.root.FS(), tag)
		if err != nil {
			continue
		}
		for _, kind := range soundKinds {
			for _, entry := range list[:min(len(list), mostSounds)] {
				key, ok := strings.CutSuffix(entry.Name(), kind.ending)
				info, err := s.root.Stat(tag + "/" + entry.Name())
				if !ok || err != nil || !info.Mode().IsRegular() || info.Size() == 0 || info.Size() > largestText || !soundKey.MatchString(key) {
					continue
				}
				if _, twice := known[tag+"/"+key]; !twice {
					known[tag+"/"+key] = tag + "/" + entry.Name()
				}
			}
		}
	}
	return known
}

// serve sends a recording, also a part of it: browsers ask so.
func (s *Sounds) serve(w http.ResponseWriter, r *http.Request, name string) error {
	f, err := s.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return service.ErrNotFound
	}
	if err != nil {
		return err
	}
	defer f.Close()
	at := slices.IndexFunc(soundKinds, func(k struct{ ending, kind string }) bool { return strings.HasSuffix(name, k.ending) })
	w.Header().Set("Content-Type", soundKinds[at].kind)
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// soundRoutes are the recordings: in the language that was chosen, and of the name of
// each language where it is chosen.
func (p *Pages) soundRoutes() []Route {
	return []Route{
		{Pattern: "GET /me/sound/{key}", handle: p.sound},
		{Pattern: "GET /me/language/{language}", Before: true, handle: p.languageSound},
	}
}

// sound reads a text aloud.
func (p *Pages) sound(r *http.Request, v *visit) (answer, error) {
	return p.soundOf(v.words.Tag, r.PathValue("key"))
}

// languageSound says in a language that it can be chosen.
func (p *Pages) languageSound(r *http.Request, _ *visit) (answer, error) {
	return p.soundOf(r.PathValue("language"), languageKey)
}

const languageKey = "language.title"

func (p *Pages) soundOf(tag, key string) (answer, error) {
	name, ok := p.opt.Sounds.file(tag, key)
	if !ok {
		return nil, service.ErrNotFound
	}
	return func(w http.ResponseWriter, r *http.Request) error { return p.opt.Sounds.serve(w, r, name) }, nil
}

// heard is a text that a person can be heard reading.
type heard struct {
	Address string // empty where nobody recorded it
	Label   string
}

// Sound is the recording of a text of the page; templates ask for those of their main
// texts. Nothing is asked for before somebody taps it.
func (v view) Sound(key string) heard {
	if !v.sounds.Has(v.W.Tag, key) {
		return heard{}
	}
	return heard{"/me/sound/" + key, v.W.Say("listen")}
}
