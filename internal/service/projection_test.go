package service_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
)

// busyCouncil is three people at work on a few young people, some of whom are one.
type busyCouncil struct {
	*house
	t       *testing.T
	people  []service.Actor // who may write
	links   service.Actor
	records []string
	talks   []string
}

func newBusyCouncil(t *testing.T, h *house) *busyCouncil {
	c := &busyCouncil{house: h, t: t, people: []service.Actor{h.account(t, "abel", access.Manager), h.account(t, "berta", access.Manager)}, links: h.account(t, "carla", access.DataOfficer)}
	for n := range 5 {
		record := h.added(t, c.people[0], service.NewChild{Name: fmt.Sprintf("Young Person %d", n), BirthDate: "2010-02-03", Sex: "F", Ethnicity: "BAFR", Anyway: true})
		c.records = append(c.records, record)
		for k := range 2 {
			talk, err := h.StartConversation(t.Context(), c.people[k], record, service.NewConversation{ID: h.NewID(), HeldOn: h.Today().AddDays(-k * 10)})
			if err != nil {
				t.Fatal(err)
			}
			c.talks = append(c.talks, talk)
		}
	}
	return c
}

// step does something at random. What is refused because somebody else was first is
// no fault.
func (c *busyCouncil) step(random *rand.Rand) {
	actor := c.people[random.IntN(len(c.people))]
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	var err error
	what := random.IntN(8)
	switch what {
	case 0, 1, 2, 3:
		err = c.sayAtRandom(actor, pick(c.talks), random)
	case 4:
		err = c.SaveDraft(c.t.Context(), actor, c.anyReading(pick(c.talks), random))
	case 5:
		err = c.registerAtRandom(actor, pick(c.records), random)
	case 6:
		err = c.linkAtRandom(random)
	case 7:
		text := fmt.Sprintf("A%d,x,03/11/2025,en,working-2026,home.%d,Young person,%d,,,\n", random.IntN(3), 1+random.IntN(4), 1+random.IntN(5))
		_, err = c.Import(c.t.Context(), c.operator, []service.File{file("said.csv", "Child ID,Conversation,Said on,Language,Edition,Indicator,Voice,Answer,Evidence,Helped by,Words\n"+text)}, service.ImportOptions{})
	}
	if err != nil && !errors.Is(err, service.ErrChanged) {
		c.t.Errorf("step %d: %v", what, err)
	}
}

func (c *busyCouncil) anyReading(talk string, random *rand.Rand) service.NewReading {
	n := service.NewReading{ID: c.NewID(), Conversation: talk, Indicator: fmt.Sprintf("home.%d", 1+random.IntN(3)),
		Voice: conversation.Voices[random.IntN(2)], State: conversation.States[random.IntN(5)]}
	if n.State == conversation.Answered {
		n.Value = 1 + random.IntN(5)
	}
	return n
}

func (c *busyCouncil) sayAtRandom(actor service.Actor, talk string, random *rand.Rand) error {
	_, err := c.SaveReading(c.t.Context(), actor, c.anyReading(talk, random))
	return err
}

func (c *busyCouncil) registerAtRandom(actor service.Actor, record string, random *rand.Rand) error {
	page, err := c.Register(c.t.Context(), actor, record)
	if err != nil {
		return err
	}
	entry := register.Entry{register.FieldState: "suspected", "suspected-on": "2026-01-01", "suspected-why": "seen with older men"}
	if random.IntN(2) == 0 {
		entry = register.Entry{register.FieldState: "referred", register.FieldReferredOn: "2026-02-01", register.FieldFirstResponder: "Fernshire Council"}
	}
	if random.IntN(3) == 0 {
		entry[register.FieldClosedOn], entry["closed-why"] = "2026-05-01", ""
	}
	err = c.SaveRegister(c.t.Context(), actor, record, page.Version, entry)
	var wrong service.Invalid
	if errors.As(err, &wrong) {
		return nil
	}
	return err
}

func (c *busyCouncil) linkAtRandom(random *rand.Rand) error {
	pairs, err := c.Matches(c.t.Context(), c.links)
	if err != nil || len(pairs) == 0 {
		return err
	}
	p := pairs[random.IntN(len(pairs))]
	switch random.IntN(3) {
	case 0:
		return c.Link(c.t.Context(), c.links, p.A, p.B)
	case 1:
		return c.Unlink(c.t.Context(), c.links, p.A, p.B)
	}
	return c.Different(c.t.Context(), c.links, p.A, p.B)
}

// Whatever people do one after another, what is kept of standings and counts is what
// the readings and the register say.
func TestKeptCountsAreWhatTheReadingsSay(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		c := newBusyCouncil(t, h)
		for seed := range uint64(4) {
			random := rand.New(rand.NewPCG(seed, 1))
			for range 40 {
				c.step(random)
				h.clock.now = h.clock.now.Add(time.Duration(random.IntN(40)) * time.Second)
			}
			checkCounts(t, h)
		}
	})
}

// And whatever they do at the same time.
func TestKeptCountsStandWhenManyWorkAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, h *house) {
		c := newBusyCouncil(t, h)
		var all sync.WaitGroup
		for n := range 4 {
			all.Go(func() {
				random := rand.New(rand.NewPCG(uint64(n), 2))
				for range 25 {
					c.step(random)
				}
			})
		}
		all.Wait()
		checkCounts(t, h)
	})
}
