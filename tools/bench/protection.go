package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/conversation"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

// How much the cost of protection is measured on.
const (
	records = 200
	acts    = 600
)

// timed are the medians of the acts that one program did.
type timed struct {
	Record  time.Duration `json:"record"`
	Reading time.Duration `json:"reading"`
}

// measureProtection measures opening a record and saving a reading by a program with
// scopes, seals and log, and by one without.
func measureProtection(ctx context.Context, r *report, server, folder string) error {
	got := map[string]map[store.Engine]timed{}
	for _, tags := range []string{"", "unprotected"} {
		got[tags] = map[store.Engine]timed{}
		dsns, err := newDatabases(ctx, server, folder, "protection"+tags)
		if err != nil {
			return err
		}
		for engine, dsn := range dsns {
			if got[tags][engine], err = another(ctx, tags, dsn); err != nil {
				return err
			}
		}
	}
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		with, without := got[""][engine], got["unprotected"][engine]
		r.add(protectionLine("Opening a record with scope, seals and log, "+string(engine), with.Record, without.Record))
		r.add(protectionLine("Saving a reading with scope, seals and log, "+string(engine), with.Reading, without.Reading))
	}
	return nil
}

func protectionLine(what string, with, without time.Duration) line {
	return line{what, "p50 " + short(with), "without: p50 " + short(without), ratio(with, without), "≤ 2", with > 2*without}
}

// another measures by a program that is built with tags.
func another(ctx context.Context, tags, dsn string) (t timed, err error) {
	c := exec.CommandContext(ctx, "go", "run", "-tags", tags, "./tools/bench", "-protection", dsn)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return t, fmt.Errorf("measure with the tags %q: %w", tags, err)
	}
	return t, json.Unmarshal(out, &t)
}

// printActs does the acts and prints how long they took.
func printActs(ctx context.Context, dsn string) (err error) {
	h, err := open(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	t, err := h.acts(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(t)
}

func (h *house) acts(ctx context.Context) (t timed, err error) {
	if err := h.AddAuthority(ctx, council, "Fernshire Council", true); err != nil {
		return t, err
	}
	id, err := h.AddAccount(ctx, service.Operator(council), service.NewAccount{Username: "manager", Name: "A Manager", Role: access.Manager, Password: "three unrelated words"})
	if err != nil {
		return t, err
	}
	manager := service.Actor{Authority: council, Account: id, Name: "A Manager", Role: access.Manager, Fresh: true}
	var all, talks []string
	for n := range records {
		record, talk, err := h.oneYoungPerson(ctx, manager, n)
		if err != nil {
			return t, err
		}
		all, talks = append(all, record), append(talks, talk)
	}
	var opened, saved times
	indicators := allIndicators()
	for n := range acts {
		began := time.Now()
		if _, err := h.Record(ctx, manager, all[n%records]); err != nil {
			return t, err
		}
		opened = append(opened, time.Since(began))
		began = time.Now()
		_, err := h.SaveReading(ctx, manager, service.NewReading{ID: h.NewID(), Conversation: talks[n%records], Indicator: indicators[n/records].ID,
			Voice: conversation.YoungPerson, State: conversation.Answered, Value: 1 + n%5, Words: "I like it here, most days, and I know whom to ask."})
		if err != nil {
			return t, err
		}
		saved = append(saved, time.Since(began))
	}
	return timed{opened.at(0.5), saved.at(0.5)}, nil
}

// oneYoungPerson adds somebody who is on the register and with whom a conversation began.
func (h *house) oneYoungPerson(ctx context.Context, manager service.Actor, n int) (record, talk string, err error) {
	record, _, err = h.AddChild(ctx, manager, service.NewChild{ID: h.NewID(), Name: fmt.Sprintf("Young Person %d", n), BirthDate: "2010-02-03", Sex: "F", Anyway: true})
	if err != nil {
		return "", "", err
	}
	entry := register.Entry{register.FieldState: string(register.Referred), register.FieldReferredOn: "2025-03-02", register.FieldFirstResponder: "Fernshire Council"}
	if err := h.SaveRegister(ctx, manager, record, 0, entry); err != nil {
		return "", "", err
	}
	talk, err = h.StartConversation(ctx, manager, record, service.NewConversation{ID: h.NewID(), HeldOn: h.Today(), Language: "English"})
	return record, talk, err
}
