package web_test

import (
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/framework"
)

// What time to think about is the edition's to say, and an outcome may say another.
func TestTheEditionSaysWhatTimeToThinkAbout(t *testing.T) {
	s := newSite(t)
	record := s.young(t, "Semhar Tesfay")
	talk := "/talks/" + s.talk(t, record, 3, 0, "")
	e := framework.Working()
	for id, want := range map[string]string{"home": "Think about the last few weeks.<", "hope": "Think about how things are now.<"} {
		o, _ := e.Outcome(id)
		s.get(t, access.Worker, talk+"/young/"+o.Indicators[0].ID).has(t, want)
	}
}
