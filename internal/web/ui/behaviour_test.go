package ui_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"stablefutures/internal/web/ui"
	"stablefutures/internal/web/webtest"
)

// inbox keeps what forms sent and answers as it is told.
type inbox struct {
	mu     sync.Mutex
	sent   []url.Values
	marks  []string
	answer func(n int, w http.ResponseWriter)
}

func (b *inbox) receive(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b.sent = append(b.sent, r.PostForm)
	b.marks = append(b.marks, r.Header.Get("X-Autosave"))
	b.answer(len(b.sent), w)
}

func (b *inbox) all() ([]url.Values, []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]url.Values(nil), b.sent...), append([]string(nil), b.marks...)
}

func openPage(t *testing.T, page string, box *inbox) *webtest.Tab {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	if err := ui.AssetsReady(); err != nil {
		t.Skip(err)
	}
	browser := webtest.Start(t)
	var kept http.HandlerFunc
	if box != nil {
		kept = box.receive
	}
	server := gallery(t, kept)
	return browser.Open(t, webtest.Visit{URL: server.URL + "/" + page})
}

const statusText = `document.querySelector("[data-autosave-status]").textContent`

func TestAnAnswerIsKeptAsItIsGiven(t *testing.T) {
	box := &inbox{answer: func(int, http.ResponseWriter) {}}
	tab := openPage(t, "young", box)
	tab.Run(t, chromedp.Click(chromedp.CSS(`label[for="answer-2"]`)), chromedp.Click(chromedp.CSS(`label[for="answer-5"]`)))
	tab.Until(t, "the last answer is kept", statusText+` === "Kept" && document.querySelector("#answer-5").checked`)
	sent, marks := box.all()
	last := sent[len(sent)-1]
	if last.Get("answer") != "1" || marks[len(marks)-1] != "1" {
		t.Errorf("sent last: %v, marked %v", last, marks)
	}
}

func TestWhatCannotBeKeptIsSaidAndTriedAgain(t *testing.T) {
	box := &inbox{answer: func(n int, w http.ResponseWriter) {
		if n == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}}
	tab := openPage(t, "young", box)
	tab.Run(t, chromedp.Click(chromedp.CSS(`label[for="answer-3"]`)))
	tab.Until(t, "the failure is said", statusText+`.startsWith("Not kept yet")`)
	tab.Until(t, "the second try is kept", statusText+` === "Kept"`)
	sent, _ := box.all()
	if len(sent) != 2 || sent[0].Get("answer") != sent[1].Get("answer") {
		t.Errorf("tried %d times: %v", len(sent), sent)
	}
}

// Where the server knows why nothing can be kept for now, its words are shown.
func TestWhyNothingCanBeKeptIsSaidInTheServersWords(t *testing.T) {
	box := &inbox{answer: func(n int, w http.ResponseWriter) {
		if n > 1 {
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusInsufficientStorage)
		if _, err := w.Write([]byte(`{"message":"Not kept yet: the disk is full."}`)); err != nil {
			t.Error(err)
		}
	}}
	tab := openPage(t, "young", box)
	tab.Run(t, chromedp.Click(chromedp.CSS(`label[for="answer-3"]`)))
	tab.Until(t, "the reason is said", statusText+` === "Not kept yet: the disk is full."`)
	tab.Until(t, "the second try is kept", statusText+` === "Kept"`)
}

// Who leaves the page in the middle of a word loses nothing, and nobody asks them
// whether they really want to.
func TestLeavingThePageKeepsWhatWasTyped(t *testing.T) {
	box := &inbox{answer: func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) }}
	tab := openPage(t, "form", box)
	tab.Run(t, chromedp.SendKeys(chromedp.ID("name"), "Ada"), chromedp.Navigate("about:blank"))
	for range 100 {
		if sent, marks := box.all(); len(sent) > 0 {
			if sent[len(sent)-1].Get("name") != "Ada" || marks[len(marks)-1] != "1" {
				t.Errorf("kept %v, marked %v", sent, marks)
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("what was typed is lost")
}

func TestARefusalIsSaidInTheServersWords(t *testing.T) {
	box := &inbox{answer: func(_ int, w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		if _, err := w.Write([]byte(`{"message":"The day is in the future."}`)); err != nil {
			t.Error(err)
		}
	}}
	tab := openPage(t, "form", box)
	tab.Run(t, chromedp.SendKeys(chromedp.ID("name"), "Ada"))
	tab.Until(t, "the refusal is shown", statusText+` === "The day is in the future."`)
}

func TestAFormIsSentOnceAndPlainly(t *testing.T) {
	box := &inbox{answer: func(_ int, w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) }} // the page stays
	tab := openPage(t, "form", box)
	const press = `document.querySelector("main form button:not([type=button])").click()`
	webtest.Evaluate[bool](t, tab, press+";"+press+"; true")
	tab.Until(t, "time has passed", `new Promise((done) => setTimeout(() => done(true), 500))`)
	sent, marks := box.all()
	if len(sent) != 1 || marks[0] != "" {
		t.Errorf("two presses sent %d forms, marked %v; want one plain form", len(sent), marks)
	}
}

func TestRowsAreFoundByTyping(t *testing.T) {
	tab := openPage(t, "caseload", nil)
	const typed = "dúc r3xw"
	const shown = `[...document.querySelectorAll("#cases tbody tr")].filter((r) => r.getClientRects().length).length`
	tab.Run(t, chromedp.SendKeys(chromedp.ID("find"), typed))
	tab.Until(t, "one row is left", shown+` === 1`)
	tab.Until(t, "the number is announced", `document.querySelector("[data-filter-status]").textContent === "1 of 2 on this page"`)
	tab.Run(t, chromedp.SendKeys(chromedp.ID("find"), strings.Repeat(kb.Backspace, len([]rune(typed)))))
	tab.Until(t, "all rows are back", shown+` === 2`)
}

func TestWhatBelongsToAnAnswerAppearsWithIt(t *testing.T) {
	tab := openPage(t, "form", nil)
	const seen = `document.getElementById("conditional-stage-2").getClientRects().length > 0`
	tab.Until(t, "the part is hidden", `!(`+seen+`)`)
	tab.Run(t, chromedp.Click(chromedp.CSS(`label[for="stage-2"]`)))
	tab.Until(t, "the part appears", seen)
	tab.Run(t, chromedp.Click(chromedp.CSS(`label[for="kind"]`)), chromedp.Click(chromedp.CSS(`label[for="kind-4"]`)))
	tab.Until(t, "none of these unticks the rest", `!document.getElementById("kind").checked && document.getElementById("kind-4").checked`)
}

func TestTheErrorSummaryTakesFocus(t *testing.T) {
	tab := openPage(t, "form-errors", nil)
	tab.Until(t, "the summary has focus", `document.activeElement.classList.contains("govuk-error-summary")`)
	tab.Run(t, chromedp.Click(chromedp.CSS(`a[href="#ref-day"]`)))
	tab.Until(t, "the field has focus", `document.activeElement.id === "ref-day"`)
}
