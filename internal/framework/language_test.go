package framework

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stablefutures/editions"
)

// spoken is an edition in these languages, with a notice in each of them.
func spoken(tags ...string) *Edition {
	e := &Edition{Notice: Texts{}}
	for _, tag := range tags {
		e.Languages = append(e.Languages, Language{Tag: tag})
		e.Notice[tag] = Text{Text: "notice in " + tag}
	}
	return e
}

func TestTheNearestLanguageIsUsedAndNamed(t *testing.T) {
	for _, c := range []struct {
		why, asked, want string
		is               []string
	}{
		{"the one asked for", "cy", "cy", []string{"en", "cy"}},
		{"in other letters", "EN-gb", "en-GB", []string{"cy", "en-GB"}},
		{"a kind of one that is there", "en-GB", "en", []string{"cy", "en"}},
		{"a kind of a kind", "zh-Hant-TW", "zh-Hant", []string{"zh", "zh-Hant"}},
		{"English, where all there is are kinds of it: the first", "en", "en-GB", []string{"en-GB", "en-US"}},
		{"another kind of the same", "pt-BR", "pt-PT", []string{"cy", "pt-PT"}},
		{"the exact one before another kind", "en", "en", []string{"en-GB", "en"}},
		{"a language that begins alike is another", "en", "vi", []string{"vi", "enm"}},
		{"none of them: the source language", "ti", "en-GB", []string{"en-GB", "cy"}},
		{"nothing asked: the source language", "", "cy", []string{"cy", "en"}},
	} {
		e := spoken(c.is...)
		text, tag, ok := e.In(e.Notice, c.asked)
		if tag != c.want || text != "notice in "+c.want || !ok {
			t.Errorf("%s: asked for %q of %q, got %q in %q, want %q", c.why, c.asked, c.is, text, tag, c.want)
		}
	}
}

func TestATextThatOnlyAnotherLanguageHasIsFound(t *testing.T) {
	e := spoken("en-GB", "cy")
	delete(e.Notice, "en-GB")
	e.Notice["cy"] = Text{Text: "dim ond yn Gymraeg"}
	if text, tag, ok := e.In(e.Notice, "en-GB"); text == "" || tag != "cy" || !ok {
		t.Errorf("%q in %q", text, tag)
	}
	if _, tag, ok := e.In(Texts{"cy": {}}, "cy"); ok || tag != "" {
		t.Error("an empty text was taken for one")
	}
}

func TestTheNoticeIsNeverLost(t *testing.T) {
	e := spoken("en-GB")
	if text, tag := e.NoticeIn("en"); text != "notice in en-GB" || tag != "en-GB" {
		t.Errorf("%q in %q", text, tag)
	}
	e.Notice = nil
	if text, _ := e.NoticeIn("en"); !strings.Contains(text, "not the published CSF-POF") {
		t.Errorf("an edition without a notice says %q", text)
	}
	e.Published = true
	if text, _ := e.NoticeIn("en"); text != "" {
		t.Errorf("the published edition says %q", text)
	}
}

func TestAnOutcomesOwnPromptComesBeforeTheEditions(t *testing.T) {
	e := Working()
	for id, want := range map[string]string{"home": "Think about the last few weeks.", "hope": "Think about how things are now."} {
		o, _ := e.Outcome(id)
		if text, tag, ok := e.PromptIn(o, "en"); text != want || tag != "en" || !ok {
			t.Errorf("%s: %q in %q", id, text, tag)
		}
	}
	if text, _, ok := (&Edition{}).PromptIn(Outcome{}, "en"); ok {
		t.Errorf("no prompt is %q", text)
	}
}

// The headings of a workbook are matched without regard to case, its languages
// are not: en-GB must come back as it was.
func TestAnEditionInAKindOfEnglishSurvivesAWorkbook(t *testing.T) {
	british := bytes.ReplaceAll(editions.Working, []byte(`{"en": `), []byte(`{"en-GB": `))
	british = bytes.ReplaceAll(british, []byte(`"tag": "en"`), []byte(`"tag": "en-GB"`))
	e, err := Parse(british)
	if err != nil {
		t.Fatal(err)
	}
	if text := e.AnswerText(3, Practitioner, "en"); text != "Sometimes" {
		t.Errorf("the middle answer is %q to who asks for English", text)
	}
	var out bytes.Buffer
	if err := WriteWorkbook(&out, e); err != nil {
		t.Fatal(err)
	}
	back, err := Parse(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, back); diff != "" {
		t.Error(diff)
	}
}
