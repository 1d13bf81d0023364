package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"stablefutures/internal/service"
	"stablefutures/internal/store"
)

const (
	phones     = 500 // young people on their own pages at one time
	perSecond  = 500 // answers of all of them together
	publishedA = "on paper, published rivals: 41 and 50 a second"
)

// phone is a young person on their own page, and what was acknowledged to them.
type phone struct {
	cookie *http.Cookie
	young  service.Young
	kept   []string // ids of answers
}

// measureAnswers has young people answer on their own pages, over HTTP, at a steady rate,
// and then looks for every answer that was acknowledged.
func measureAnswers(ctx context.Context, r *report, n sizes, engine store.Engine, dsn string) (err error) {
	h, err := open(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.db.Close()) }()
	s, stop, err := serve(ctx, h, "answers")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	all, err := s.phones(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	took, late, err := s.answer(ctx, all, n.answers)
	if err != nil {
		return err
	}
	elapsed := time.Since(began) // longer than asked for where they queue
	kept, lost := 0, 0
	for _, p := range all {
		gone, err := s.lost(ctx, p)
		if err != nil {
			return err
		}
		kept, lost = kept+len(p.kept), lost+gone
	}
	rate := float64(kept) / elapsed.Seconds()
	r.add(line{fmt.Sprintf("Answers on young people's own pages, %s", engine),
		fmt.Sprintf("%.0f a second for %s, %d acknowledged, %d lost, %d begun over a second late; %s", rate, elapsed.Round(time.Second), kept, lost, late, took),
		publishedA, fmt.Sprintf("%.1f", rate/50), fmt.Sprintf("%d a second, none lost", perSecond), lost > 0 || math.Round(rate/10)*10 < perSecond})
	return nil
}

// phones gives young people their own pages.
func (s *site) phones(ctx context.Context) (list []*phone, err error) {
	for i := range phones {
		in, err := s.GiveOwnCode(ctx, s.manager, s.records[i%len(s.records)], false)
		if err != nil {
			return nil, err
		}
		token, y, err := s.OpenOwnPage(ctx, in.Code, service.Visitor{Address: "192.0.2." + strconv.Itoa(i%200)})
		if err != nil {
			return nil, err
		}
		if err := s.ChooseOwn(ctx, y, "en", false); err != nil {
			return nil, err
		}
		list = append(list, &phone{cookie: &http.Cookie{Name: "p", Value: council + "." + token}, young: y})
	}
	return list, nil
}

// answer has each of them give an answer when its time comes, whether or not others wait:
// what is slow makes a queue, and not a lower rate.
func (s *site) answer(ctx context.Context, all []*phone, long time.Duration) (took times, late int, err error) {
	indicators := allIndicators()
	each := time.Second * time.Duration(len(all)) / perSecond
	begin := time.Now().Add(100 * time.Millisecond)
	lists, lates, faults := make([]times, len(all)), make([]int, len(all)), make([]error, len(all))
	var going sync.WaitGroup
	for i, p := range all {
		going.Go(func() {
			first := begin.Add(each * time.Duration(i) / time.Duration(len(all)))
			for k := 0; ; k++ {
				due := first.Add(each * time.Duration(k))
				if due.Sub(begin) >= long {
					return
				}
				time.Sleep(time.Until(due))
				if time.Since(due) > time.Second {
					lates[i]++
				}
				if faults[i] = s.say(ctx, p, indicators[(i+k)%len(indicators)].ID, 1+(i+k)%5); faults[i] != nil {
					return
				}
				lists[i] = append(lists[i], time.Since(due))
			}
		})
	}
	going.Wait()
	for i := range all {
		took, late = append(took, lists[i]...), late+lates[i]
	}
	return took, late, errors.Join(faults...)
}

// say sends one answer as the page does.
func (s *site) say(ctx context.Context, p *phone, indicator string, value int) error {
	id := s.NewID()
	form := url.Values{"id": {id}, "answer": {strconv.Itoa(value)}, "who": {"helpers"}, "words": {""}}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/me/about/"+indicator, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ask.AddCookie(p.cookie)
	answer, err := s.client.Do(ask)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") == "/closed" {
		return fmt.Errorf("an answer was not taken: status %d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	p.kept = append(p.kept, id)
	return nil
}

// lost is how many of the answers that were acknowledged are not there.
func (s *site) lost(ctx context.Context, p *phone) (n int, err error) {
	talk, err := s.OwnTalk(ctx, p.young, "en")
	if err != nil {
		return 0, err
	}
	there := map[string]bool{}
	for _, said := range talk.Said {
		there[said.ID] = true
	}
	for _, id := range p.kept {
		if !there[id] {
			n++
		}
	}
	return n, nil
}
