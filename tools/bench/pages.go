package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
	"stablefutures/internal/web"
)

const (
	readers = 20
	pause   = 250 * time.Millisecond // between two pages of one reader
)

// site is the pages of a full database, and a manager who has signed in.
type site struct {
	*house
	url     string
	cookie  *http.Cookie
	manager service.Actor
	records []string
	client  *http.Client
}

func measurePages(ctx context.Context, r *report, n sizes, engine store.Engine, dsn string) (err error) {
	h, err := open(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	began := time.Now()
	if err := fill(ctx, h, n.readings); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d readings were taken in %s\n", engine, n.readings, time.Since(began).Round(time.Second))
	s, stop, err := serve(ctx, h, "manager")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()

	record := func(i int) string { return "/records/" + s.records[i%len(s.records)] }
	overview := func(int) string { return "/overview" }
	floor, _, err := s.load(ctx, n.load/2, pause, func(int) string { return "/access" })
	if err != nil {
		return err
	}
	rival := fmt.Sprintf("a page without records: p95 %s", short(floor.at(0.95)))
	var saves times
	for _, page := range []struct {
		what string
		path func(int) string
	}{{"Record page", record}, {"Overview, exact", overview}, {"Overview, as published", func(int) string { return "/overview?as=published" }}} {
		for _, wait := range []time.Duration{pause, 0} {
			what, aim := page.what+", "+string(engine), "p95 < 50 ms"
			if wait == 0 {
				what, aim = what+", without a rest", ""
			}
			read, saved, err := s.load(ctx, n.load, wait, page.path)
			if err != nil {
				return err
			}
			r.add(line{what, read.String(), rival, ratio(read.at(0.95), floor.at(0.95)), aim, wait > 0 && read.at(0.95) >= 50*time.Millisecond})
			if wait > 0 {
				saves = append(saves, saved...)
			}
		}
	}
	bare, err := bareInserts(ctx, engine, dsn)
	if err != nil {
		return err
	}
	r.add(line{"Saving a reading, " + string(engine), saves.String(), "a bare insert: " + bare.String(), ratio(saves.at(0.95), bare.at(0.95)), "p95 < 20 ms", saves.at(0.95) >= 20*time.Millisecond})
	return nil
}

// serve answers on a port of its own, as the program does.
func serve(ctx context.Context, h *house, username string) (*site, func() error, error) {
	const password = "three unrelated words"
	if _, err := h.AddAccount(ctx, service.Operator(council), service.NewAccount{Username: username, Name: "A Manager", Role: access.Manager, Password: password}); err != nil {
		return nil, nil, err
	}
	in, err := h.SignIn(ctx, service.Credentials{Authority: council, Username: username, Password: password}, service.Visitor{})
	if err != nil {
		return nil, nil, err
	}
	token, manager := in.Token, in.Actor
	list, err := h.Caseload(ctx, manager, "", service.ByReference)
	if err != nil {
		return nil, nil, err
	}
	handler, err := web.New(h.Service, web.Options{})
	if err != nil {
		return nil, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	server := web.HTTPServer("", handler)
	go server.Serve(listener) //nolint:errcheck // ends with Close
	s := &site{house: h, url: "http://" + listener.Addr().String(), cookie: &http.Cookie{Name: "session", Value: council + "." + token}, manager: manager,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: phones}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for _, row := range list.Rows {
		s.records = append(s.records, row.Record)
	}
	return s, server.Close, nil
}

// load has readers open pages for a while, each waiting between two, and one
// writer save readings without a rest. It gives the time of each.
func (s *site) load(ctx context.Context, long, wait time.Duration, path func(int) string) (read, saved times, err error) {
	if _, err := s.open(ctx, path(0)); err != nil {
		return nil, nil, err
	}
	end := time.Now().Add(long)
	lists, faults := make([]times, readers+1), make([]error, readers+1)
	var all sync.WaitGroup
	for reader := range readers {
		all.Go(func() {
			time.Sleep(wait * time.Duration(reader) / readers) // people do not click at one time
			for i := reader * 997; time.Now().Before(end); i++ {
				took, err := s.open(ctx, path(i))
				if err != nil {
					faults[reader] = err
					return
				}
				lists[reader] = append(lists[reader], took)
				time.Sleep(wait)
			}
		})
	}
	all.Go(func() { lists[readers], faults[readers] = s.save(ctx, end) })
	all.Wait()
	for _, list := range lists[:readers] {
		read = append(read, list...)
	}
	return read, lists[readers], errors.Join(faults...)
}

// open reads one page whole.
func (s *site) open(ctx context.Context, path string) (time.Duration, error) {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+path, nil)
	if err != nil {
		return 0, err
	}
	ask.AddCookie(s.cookie)
	began := time.Now()
	answer, err := s.client.Do(ask)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	took := time.Since(began)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: status %d", path, answer.StatusCode)
	}
	return took, nil
}

// save has one worker talk with one young person after the other.
func (s *site) save(ctx context.Context, end time.Time) (list times, err error) {
	indicators := allIndicators()
	today := s.Today()
	for i := 0; time.Now().Before(end); i++ {
		talk, err := s.StartConversation(ctx, s.manager, s.records[i%len(s.records)], service.NewConversation{ID: s.NewID(), HeldOn: today, Language: "English",
			HelpedBy: []conversation.Help{conversation.WorkerHelp}})
		if err != nil {
			return nil, err
		}
		for k := 0; k < 20 && time.Now().Before(end); k++ {
			began := time.Now()
			_, err := s.SaveReading(ctx, s.manager, service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: indicators[(i+k)%len(indicators)].ID,
				Voice: conversation.YoungPerson, State: conversation.Answered, Value: 1 + (i+k)%5})
			if err != nil {
				return nil, err
			}
			list = append(list, time.Since(began))
		}
	}
	return list, nil
}
