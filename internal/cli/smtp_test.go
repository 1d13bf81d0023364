package cli_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/cli"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// A real server at the other end of the wire: away, then there. What it gets tells nothing
// of what it is about, in no header either.
func TestAMailServerThatWasAway(t *testing.T) {
	now := time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)
	s, _ := cli.ServiceAt(t, func() time.Time { return now })
	sendOneAlert(t, s)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	inbox := newInbox(t)
	if err := cli.SendMailBy(s, gone, "futures@council.example")(t.Context()); err == nil || strings.Contains(err.Error(), "robin") {
		t.Errorf("a server that is away: %v", err)
	}
	there := cli.SendMailBy(s, inbox.address, "futures@council.example")
	if err := there(t.Context()); err != nil || len(inbox.messages()) != 0 {
		t.Errorf("tried again without a wait: %v", err)
	}
	now = now.Add(time.Minute)
	for range 2 {
		if err := there(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	got := inbox.messages()
	if len(got) != 1 || !strings.Contains(got[0], "To: robin@council.example\r\n") || !strings.Contains(got[0], "Subject: Something waits for you\r\n") {
		t.Fatalf("came: %q", got)
	}
	for _, telling := range []string{"Semhar", "Tesfay", "Robin ", "safe", "alert", "young", "http", "door", "Fernshire", "child"} {
		if strings.Contains(got[0], telling) {
			t.Errorf("the e-mail says %q: %s", telling, got[0])
		}
	}
}

// sendOneAlert lets a young person say that they are not safe, with somebody on duty.
func sendOneAlert(t *testing.T, s *service.Service) {
	t.Helper()
	if err := s.AddAuthority(t.Context(), "999", "Fernshire", false); err != nil {
		t.Fatal(err)
	}
	account, err := s.AddAccount(t.Context(), service.Operator("999"), service.NewAccount{Username: "robin", Name: "Robin Okafor", Role: access.Manager, Password: "three unrelated words"})
	if err != nil {
		t.Fatal(err)
	}
	manager := service.Actor{Authority: "999", Account: account, Role: access.Manager}
	if err := s.SetDuty(t.Context(), manager, []store.Duty{{Account: account, Email: "robin@council.example"}}); err != nil {
		t.Fatal(err)
	}
	record, _, err := s.AddChild(t.Context(), manager, service.NewChild{Name: "Semhar Tesfay", Anyway: true})
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.GiveOwnCode(t.Context(), manager, record, false)
	if err != nil {
		t.Fatal(err)
	}
	_, young, err := s.OpenOwnPage(t.Context(), in.Code, service.Visitor{Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SendAlert(t.Context(), young, service.NewAlert{Words: "He is at the door"}); err != nil {
		t.Fatal(err)
	}
}
