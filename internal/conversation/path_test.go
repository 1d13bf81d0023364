package conversation_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/conversation"
	"stablefutures/internal/date"
)

// said is a reading in short: conversation, indicator, answer (or a state), and
// the minute at which it was recorded.
func said(talk, indicator, answer string, day date.Date, minute int) conversation.Reading {
	r := conversation.Reading{ID: strings.Join([]string{talk, indicator, answer, fmt.Sprint(minute)}, "/"), Conversation: talk, Indicator: indicator,
		Voice: conversation.YoungPerson, SaidOn: day, RecordedAt: time.Date(2026, 11, 3, 10, minute, 0, 0, time.UTC), State: conversation.State(answer)}
	if answer >= "1" && answer <= "5" {
		r.State, r.Value = conversation.Answered, int(answer[0]-'0')
	}
	return r
}

const (
	refuses = string(conversation.DoesNotWantToSay)
	unknown = string(conversation.DoesNotKnow)
	unsaid  = string(conversation.NotTalkedAbout)
)

// text writes a path as "3 Nov: 4 of 2 4 5".
func text(path []conversation.Point) string {
	var parts []string
	for _, p := range path {
		what := string(p.State)
		if p.State == conversation.Answered {
			what = fmt.Sprintf("%d of %s", p.Value, strings.Trim(fmt.Sprint(p.All), "[]"))
		}
		parts = append(parts, p.Day.Short()+": "+what)
	}
	return strings.Join(parts, "; ")
}

func TestAPath(t *testing.T) {
	const monday, friday = date.Date("2026-11-02"), date.Date("2026-11-06")
	for _, c := range []struct {
		why   string
		heads []conversation.Reading
		want  string
	}{
		{"nothing said is no point", []conversation.Reading{said("a", "home.1", unsaid, monday, 1)}, ""},
		{"days in their order", []conversation.Reading{said("b", "home.1", "4", friday, 2), said("a", "home.1", "2", monday, 1)}, "2 Nov 2026: 2 of 2; 6 Nov 2026: 4 of 4"},
		{"an outcome's day is the middle of its indicators", []conversation.Reading{said("a", "home.1", "5", monday, 1), said("a", "home.2", "2", monday, 2), said("a", "home.3", "4", monday, 3)}, "2 Nov 2026: 4 of 2 4 5"},
		{"of two indicators the lower", []conversation.Reading{said("a", "home.1", "5", monday, 1), said("a", "home.2", "2", monday, 2)}, "2 Nov 2026: 2 of 2 5"},
		{"a second conversation of the day says how it is now", []conversation.Reading{said("a", "home.1", "2", monday, 1), said("b", "home.1", "5", monday, 2)}, "2 Nov 2026: 5 of 5"},
		{"but leaves what it did not speak of", []conversation.Reading{said("a", "home.1", "2", monday, 1), said("a", "home.2", "1", monday, 2), said("b", "home.1", "5", monday, 3)}, "2 Nov 2026: 1 of 1 5"},
		{"two people at once: both are kept", []conversation.Reading{said("a", "home.1", "5", monday, 1), said("a", "home.1", "1", monday, 2)}, "2 Nov 2026: 1 of 1 5"},
		{"an answer is said before a state", []conversation.Reading{said("a", "home.1", "3", monday, 1), said("a", "home.2", refuses, monday, 2)}, "2 Nov 2026: 3 of 3"},
		{"of two states the later", []conversation.Reading{said("a", "home.1", unknown, monday, 2), said("a", "home.2", refuses, monday, 1)}, "2 Nov 2026: does-not-know"},
	} {
		if got := text(conversation.Path(c.heads)); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// The same readings give the same path, in whatever order they come, also where
// they were recorded at one moment, as all of a file's are.
func TestAPathDoesNotDependOnTheOrder(t *testing.T) {
	heads := []conversation.Reading{
		said("a", "home.1", refuses, "2026-11-02", 1), said("a", "home.2", unknown, "2026-11-02", 1), said("b", "home.3", "2", "2026-11-06", 1),
		said("b", "home.3", "5", "2026-11-06", 1), said("c", "home.3", "4", "2026-11-06", 1), said("c", "home.4", "1", "2026-11-06", 1),
	}
	want := text(conversation.Path(heads))
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		random.Shuffle(len(heads), func(i, j int) { heads[i], heads[j] = heads[j], heads[i] })
		if got := text(conversation.Path(heads)); got != want {
			t.Fatalf("in another order: %s, want %s", got, want)
		}
	}
}

func TestWhereAVoiceStands(t *testing.T) {
	path := conversation.Path([]conversation.Reading{said("a", "home.1", "2", "2026-03-02", 1), said("b", "home.1", "4", "2026-06-02", 2), said("c", "home.1", refuses, "2026-11-02", 3)})
	s, ok := conversation.Stand(path)
	if !ok || s.FirstValue != 2 || s.LatestValue != 4 || s.Moved() != "up" {
		t.Errorf("first 2, then 4: %+v", s)
	}
	if s.Now() != refuses {
		t.Errorf("now is %s: an older answer may not stand in for a refusal", s.Now())
	}
	worker := conversation.Standing{State: conversation.Answered, LatestValue: 1}
	if _, ok := conversation.Gap(s, worker); ok {
		t.Error("there is a gap to somebody who does not want to say")
	}
	s.State = conversation.Answered
	if steps, ok := conversation.Gap(s, worker); !ok || steps != 3 {
		t.Errorf("4 and 1 are %d steps apart", steps)
	}
	if _, ok := conversation.Stand(nil); ok {
		t.Error("who said nothing stands somewhere")
	}
}

// A reading that another one replaces does not stand; two that replace the same
// one both do.
func TestHeads(t *testing.T) {
	first, second, third := said("a", "home.1", "1", "2026-11-02", 1), said("a", "home.1", "2", "2026-11-02", 2), said("a", "home.1", "3", "2026-11-02", 3)
	second.Replaces, third.Replaces = first.ID, first.ID
	heads := conversation.Heads([]conversation.Reading{first, second, third})
	if len(heads) != 2 || heads[0].ID != second.ID || heads[1].ID != third.ID {
		t.Errorf("the heads are %+v", heads)
	}
}
