package web_test

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
	"stablefutures/internal/fiction"
	"stablefutures/internal/framework"
	"stablefutures/internal/service"
	"stablefutures/internal/web/webtest"
)

// fictionalSite is the pages over the whole fictional council, read from its files.
func fictionalSite(t testing.TB) *site {
	t.Helper()
	s := newSiteOf(t, fiction.AuthorityName, true)
	files, err := fiction.New(fiction.Options{Seed: 2026, Today: date.Of(today), Edition: framework.Working()}).Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		report, err := s.Import(t.Context(), service.Operator("999"), []service.File{{Name: f.Name, Data: f.Data}}, service.ImportOptions{YearEnding: f.YearEnding})
		if err != nil || len(report.Unrecognised) > 0 {
			t.Fatal(f.Name, err, report.Unrecognised)
		}
	}
	all, err := s.Caseload(t.Context(), s.actors[access.Manager], "", service.ByReference)
	if err != nil {
		t.Fatal(err)
	}
	for n, row := range all.Rows {
		if n%2 == 0 {
			if err := s.Allocate(t.Context(), s.actors[access.Manager], row.Record, []string{s.actors[access.Worker].Account}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// mostTalked is the record of the young person who has talked about most.
func (s *site) mostTalked(t testing.TB) string {
	t.Helper()
	list, err := s.Caseload(t.Context(), s.actors[access.Worker], "", service.ByTalk)
	if err != nil {
		t.Fatal(err)
	}
	best := list.Rows[0]
	for _, row := range list.Rows {
		if row.Talked > best.Talked {
			best = row
		}
	}
	return best.Record
}

// pictured records a conversation as one goes: some of the outcomes, some in words,
// one that the young person would rather not talk about.
func (s *site) pictured(t testing.TB, record string) (conversationID string) {
	t.Helper()
	talk := s.talk(t, record, 3, 0, "")
	for _, said := range []struct {
		indicator    string
		young, mine  int
		inTheirWords string
	}{
		{"home.1", 4, 4, "It is quiet. I can lock my door."},
		{"trust.1", 3, 0, "I tell my carer some things, not all."},
		{"safety.1", 2, 4, "I do not walk alone in the evening."},
		{"physical-health.1", 4, 4, ""},
		{"emotional-wellbeing.1", 0, 0, ""},
		{"education.1", 5, 4, "My teacher says I can do maths A level."},
		{"friends.1", 4, 3, "We play cricket in the park."},
		{"legal-advice.1", 2, 0, "The lawyer is always busy."},
		{"hope.1", 4, 0, "I want to be an electrician. I know the course."},
	} {
		young := service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: said.indicator,
			Voice: conversation.YoungPerson, State: conversation.Answered, Value: said.young, Words: said.inTheirWords}
		if said.young == 0 {
			young.State = conversation.DoesNotWantToSay
		}
		readings := []service.NewReading{young}
		if said.mine > 0 {
			readings = append(readings, service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: said.indicator,
				Voice: conversation.Worker, State: conversation.Answered, Value: said.mine, Evidence: conversation.Seen})
		}
		for _, n := range readings {
			if _, err := s.SaveReading(t.Context(), s.actors[access.Worker], n); err != nil {
				t.Fatal(said.indicator, err)
			}
		}
	}
	return talk
}

// TestPictures takes the pictures of docs/screens: `make pictures`. Everybody on
// them is fictional, and the pages say so.
func TestPictures(t *testing.T) {
	folder := os.Getenv("PICTURES")
	if folder == "" {
		t.Skip("pictures are taken by `make pictures`")
	}
	s := fictionalSite(t)
	browser := webtest.Start(t)
	young := s.mostTalked(t)
	record, talk := "/records/"+young, "/talks/"+s.pictured(t, young)
	take := func(list []picture) {
		for _, p := range list {
			for width, suffix := range map[int]string{360: "-360.png", 1280: "-1280.png"} {
				visit := webtest.Visit{URL: s.named(p.path), Width: width}
				if c := s.cookies[p.role]; c != nil {
					visit.Cookies = append(visit.Cookies, c)
				}
				file := filepath.Join(folder, p.name+suffix)
				browser.Open(t, visit).Picture(t, file)
				keepTop(t, file)
			}
		}
	}
	take([]picture{
		{"sign-in", "", "/sign-in"},
		{"caseload", access.Worker, "/caseload"},
		{"record", access.Worker, record},
		{"outcomes", access.Worker, record + "/outcomes"},
		{"outcomes-table", access.Worker, record + "/outcomes?table"},
		{"outcome", access.Worker, record + "/outcomes/home"},
		{"before-a-conversation", access.Worker, record + "/talk"},
		{"cards", access.Worker, talk},
		{"one-question", access.Worker, talk + "/young/home.1"},
		{"own-reading", access.Worker, talk + "/mine/home.1"},
		{"what-you-said-today", access.Worker, talk + "/today"},
		{"what-was-said", access.Worker, talk + "/said"},
		{"register", access.Worker, record + "/register"},
		{"add-a-young-person", access.Worker, "/records/new"},
		{"likely-matches", access.DataOfficer, "/matches"},
		{"files", access.DataOfficer, "/files"},
		{"a-file", access.DataOfficer, "/files/read/1"},
		{"who-works-with-this-young-person", access.Manager, record + "/workers"},
		{"accounts", access.Administrator, "/accounts"},
		{"about-the-framework", access.Worker, "/about-the-framework"},
		{"who-may-do-what", access.Worker, "/access"},
		{"overview", access.Manager, "/overview"},
		{"overview-as-published", access.Worker, "/overview"},
		{"overview-of-one-outcome", access.Manager, "/overview/home"},
		{"answer", access.Manager, "/answer"},
		{"answer-as-published", access.DataOfficer, "/answer"},
	})
	take(s.trusted(t, young)) // last: whoever is told of something is told on every page
}

// picture is a page as somebody sees it; role "" is nobody.
type picture struct {
	name string
	role access.Role
	path string
}

// pictureHeight is how much of a page a picture keeps, in pixels: what follows
// below is more of the same, and would weigh on every clone.
const pictureHeight = 1500

// keepTop cuts a picture off below pictureHeight, and leaves it the 256 colours that it
// has most of: pages have few, and files of so many weigh half.
func keepTop(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	size := whole.Bounds()
	size.Max.Y = min(size.Max.Y, pictureHeight)
	top := image.NewPaletted(size, mostUsed(whole, size))
	draw.Draw(top, size, whole, size.Min, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, top); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// mostUsed are the 256 colours of which an image has most.
func mostUsed(of image.Image, within image.Rectangle) color.Palette {
	count := map[color.Color]int{}
	for y := within.Min.Y; y < within.Max.Y; y++ {
		for x := within.Min.X; x < within.Max.X; x++ {
			count[of.At(x, y)]++
		}
	}
	all := make(color.Palette, 0, len(count))
	for c := range count {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.Color) int { return cmp.Or(count[b]-count[a], compareColours(a, b)) })
	return all[:min(len(all), 256)]
}

// compareColours puts equally many in one order, so that one page makes one file.
func compareColours(a, b color.Color) int {
	r, g, blue, _ := a.RGBA()
	r2, g2, blue2, _ := b.RGBA()
	return cmp.Or(cmp.Compare(r, r2), cmp.Compare(g, g2), cmp.Compare(blue, blue2))
}
