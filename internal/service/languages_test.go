package service_test

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/service"
)

// translated is the exported workbook of a language with cells changed: by key, and by
// column, the new text.
func (h *house) translated(t *testing.T, tag string, cells map[string]map[string]string) service.TranslationFile {
	t.Helper()
	var out bytes.Buffer
	if err := h.ExportLanguage(t.Context(), h.operator, tag, &out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	done := map[string]bool{}
	for _, sheet := range f.GetSheetList()[1:] {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			form, _, _ := strings.Cut(row[5], ",")
			for _, key := range []string{row[0], row[0] + " " + form} {
				for column, text := range cells[key] {
					if err := f.SetCellStr(sheet, column+strconv.Itoa(n+1), text); err != nil {
						t.Fatal(err)
					}
					done[key] = true
				}
			}
		}
	}
	if len(done) != len(cells) {
		t.Fatalf("only %v are in the file", done)
	}
	var changed bytes.Buffer
	if err := f.Write(&changed); err != nil {
		t.Fatal(err)
	}
	return service.TranslationFile{File: service.File{Name: tag + ".xlsx", Data: changed.Bytes()}}
}

func (h *house) takes(t *testing.T, f service.TranslationFile) service.TranslationReport {
	t.Helper()
	h.clock.now = h.clock.now.Add(time.Second)
	report, err := h.ImportTranslation(t.Context(), h.operator, f)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// A reviewed language says so, on the page of a young person too; the same file once more
// changes nothing, and no file takes a state back.
func TestAFileOfATranslatorIsTakenOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		for _, tag := range locale.Tags[1:] { // as it comes, it can be taken
			f := h.translated(t, tag, nil)
			f.DryRun = true
			if r := h.takes(t, f); r.Changed+r.Looked+r.Absent+len(r.Problems) > 0 || r.Same == 0 {
				t.Errorf("%s: %+v", tag, r)
			}
		}
		f := h.translated(t, "ti", map[string]map[string]string{"page/leave": {"G": "ውጻእ"}, "edition/working-2026/outcome.home": {"G": "ገዛይ"}})
		if words, err := h.WordsFor(t.Context(), "999", "ti"); err != nil || words.Looked() != locale.Machine {
			t.Fatalf("%v, %v", words.Looked(), err)
		}
		f.State, f.DryRun = locale.Reviewed, true
		h.takes(t, f)
		if all, err := h.Language(t.Context(), h.operator, "ti"); err != nil || all.Count(locale.Machine) != len(all.Texts) {
			t.Errorf("a rehearsal changed something: %v", err)
		}
		f.DryRun = false
		report := h.takes(t, f)
		if report.Changed != 2 || report.Same != 0 || len(report.Problems) > 0 || report.Looked == 0 {
			t.Fatalf("%+v", report)
		}
		words, err := h.WordsFor(t.Context(), "999", "ti")
		if err != nil || words.Looked() != locale.Reviewed || words.Say("leave") != "ውጻእ" {
			t.Errorf("%s, %s, %v", words.Looked(), words.Say("leave"), err)
		}
		o, _ := words.Edition.Outcome("home")
		if got := words.Outcome(o); got.Text != "ገዛይ" || got.Tag != "ti" {
			t.Errorf("the edition says %+v", got)
		}
		if again := h.takes(t, f); again.Changed+again.Looked+len(again.Problems) > 0 || again.Same != report.Changed+report.Looked {
			t.Errorf("once more: %+v", again)
		}
		f.State = ""
		if again := h.takes(t, f); again.Changed+again.Looked+len(again.Problems) > 0 {
			t.Errorf("a file took a state back: %+v", again)
		}
		f.State = locale.Tried
		h.takes(t, f)
		if words, err = h.WordsFor(t.Context(), "999", "ti"); err != nil || words.Looked() != locale.Tried {
			t.Errorf("%v, %v", words.Looked(), err)
		}
		if other, err := h.WordsFor(t.Context(), "999", "am"); err != nil || other.Looked() != locale.Machine {
			t.Errorf("another language: %v, %v", other.Looked(), err)
		}
	})
}

// What is wrong in a file is told with its cell and set aside; what is sound is taken.
func TestWhatIsWrongInATranslationIsSetAside(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		f := h.translated(t, "ar", map[string]map[string]string{
			"page/closed":             {"G": "انتهى"},
			"page/who.one":            {"G": "شخص واحد فقط"},                        // {name} is missing
			"page/leave":              {"G": strings.Repeat("خروج ", 20)},           // too long
			"page/back":               {"G": "=1+1"},                                // a formula
			"page/next":               {"G": "Next one"},                            // another language
			"page/home":               {"I": "0000"},                                // the English changed
			"page/skip":               {"A": "page/nothing"},                        // no such text
			"page/keep":               {"H": "checked"},                             // no such state
			"page/kept":               {"H": "tried with young people"},             // nobody reviewed it
			"page/who.people few":     {"F": "some"},                                // no such form, and one that is missing
			"page/asks.answers two":   {"G": ""},                                    // empty
			"page/cards.talked other": {"G": "تحدثتَ عن {n} أشياء كثيرة {x} اليوم"}, // a value too many
		})
		report := h.takes(t, f)
		if report.Changed != 1 || report.Absent != 1 {
			t.Errorf("%d changed, %d absent", report.Changed, report.Absent)
		}
		want := map[string]string{"{name} is missing": "Translation", "characters and may have 14": "Translation", "like a formula": "Translation", "letters of this language": "Translation",
			"English was changed": "Check", "There is no text": "Key", "Write “made by machine”": "State", "Have it reviewed first": "State", "no such plural form": "Form",
			"“few” (such as 3) is missing": "Form", "no translation": "Translation", "{x} is not in": "Translation"}
		if len(report.Problems) != len(want) {
			t.Errorf("%d problems", len(report.Problems))
		}
		for message, column := range want {
			if !slices.ContainsFunc(report.Problems, func(p service.TranslationProblem) bool {
				return strings.Contains(p.Message, message) && p.Column == column && p.Sheet == "Pages" && p.Row > 1
			}) {
				t.Errorf("%s is not told: %+v", message, report.Problems)
			}
		}
		words, err := h.WordsFor(t.Context(), "999", "ar")
		shipped, _ := locale.Of("ar")
		if err != nil || words.Say("closed") != "انتهى" {
			t.Errorf("%s, %v", words.Say("closed"), err)
		}
		for _, key := range shipped.Keys() {
			before, _ := shipped.Text(key)
			if after, _ := words.Text(key); key != "closed" && (after.Words != before.Words || len(after.Forms) != len(before.Forms)) {
				t.Errorf("%s was changed", key)
			}
		}
	})
}

// A text can be changed by hand, with its state, and what it was is found again.
func TestATextIsChangedByHand(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		lead := h.account(t, "lead", access.ParticipationLead)
		keep := func(words string, state locale.State) error {
			h.clock.now = h.clock.now.Add(time.Minute)
			return h.KeepWording(t.Context(), lead, service.NewWording{Language: "fr", Name: "page/closed", Words: map[string]string{"": words}, State: state})
		}
		if err := keep("C’est fini.", locale.Tried); !errors.As(err, &service.Invalid{}) {
			t.Errorf("tried at once: %v", err)
		}
		if err := keep("C’est fini.", locale.Reviewed); err != nil {
			t.Fatal(err)
		}
		if err := keep("C’est fini.", locale.Tried); err != nil {
			t.Fatal(err)
		}
		if err := keep("La page est fermée.", locale.Machine); err != nil {
			t.Fatal(err)
		}
		text, was, err := h.Text(t.Context(), lead, "fr", "page/closed")
		if err != nil || len(was) != 3 || was[2].Words != "C’est fini." || was[0].By != lead.Name || text.State() != locale.Machine {
			t.Errorf("%+v, %+v, %v", text, was, err)
		}
		forms := service.NewWording{Language: "fr", Name: "page/who.people", Words: map[string]string{"one": "{n} personne", "other": "personnes"}, State: locale.Reviewed}
		var wrong service.Invalid
		if err := h.KeepWording(t.Context(), lead, forms); !errors.As(err, &wrong) || len(wrong) == 0 || !slices.ContainsFunc(wrong, func(w service.FieldError) bool { return w.Field == "words-other" }) {
			t.Errorf("a form without its value: %v", err)
		}
		worker := h.account(t, "worker", access.Worker)
		if _, err := h.Languages(t.Context(), worker); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker: %v", err)
		}
		if _, err := h.Language(t.Context(), lead, "en"); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("English: %v", err)
		}
		if err := h.KeepWording(t.Context(), lead, service.NewWording{Language: "fr", Name: "page/nothing", State: locale.Machine}); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("no such text: %v", err)
		}
	})
}

// A file waits for its sender alone, and for half an hour.
func TestAFileWaitsForItsSender(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		lead, other := h.account(t, "lead", access.ParticipationLead), h.account(t, "other", access.ParticipationLead)
		f := h.translated(t, "cy", map[string]map[string]string{"page/closed": {"G": "Mae hon ar gau."}})
		f.Language = "fr"
		if _, err := h.SendTranslation(t.Context(), lead, f); !errors.As(err, &service.Invalid{}) {
			t.Errorf("of another language: %v", err)
		}
		f.Language = "cy"
		id, err := h.SendTranslation(t.Context(), lead, f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.SentTranslation(t.Context(), other, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("another sees it: %v", err)
		}
		if w, err := h.SentTranslation(t.Context(), lead, id); err != nil || w.Report.Changed != 1 {
			t.Errorf("%+v, %v", w.Report, err)
		}
		if report, err := h.TakeTranslation(t.Context(), lead, id); err != nil || report.Changed != 1 {
			t.Errorf("%+v, %v", report, err)
		}
		if _, err := h.TakeTranslation(t.Context(), lead, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("taken twice: %v", err)
		}
		if id, err = h.SendTranslation(t.Context(), lead, f); err != nil {
			t.Fatal(err)
		}
		h.clock.now = h.clock.now.Add(31 * time.Minute)
		if _, err := h.SentTranslation(t.Context(), lead, id); !errors.Is(err, service.ErrNotFound) {
			t.Errorf("after half an hour: %v", err)
		}
	})
}

// A young person's page reads a number of the wordings, not the wordings: it takes as
// long as where there are none. How long is printed; that nothing is read is what fails.
func TestWordsOfAReviewedLanguageAreReadOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		measure := func() time.Duration {
			const times = 300
			began := time.Now()
			for range times {
				if _, err := h.WordsFor(t.Context(), "999", "ti"); err != nil {
					t.Fatal(err)
				}
			}
			return time.Since(began) / times
		}
		before := measure()
		f := h.translated(t, "ti", nil)
		f.State = locale.Reviewed
		h.takes(t, f)
		first, err := h.WordsFor(t.Context(), "999", "ti")
		if err != nil {
			t.Fatal(err)
		}
		after := measure()
		again, err := h.WordsFor(t.Context(), "999", "ti")
		if err != nil || first.Words != again.Words {
			t.Errorf("the words were worked out again: %v", err)
		}
		t.Logf("words of a page: %v without wordings, %v with those of a whole language", before, after)
	})
}
