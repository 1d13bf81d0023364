package service_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/conversation"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
)

// sharing is a house with a worker, one young person of theirs, an administrator, and
// two agencies.
type sharing struct {
	*house
	worker, admin  service.Actor
	record         string
	health, police string // agencies
}

func onSharing(t *testing.T, test func(t *testing.T, s *sharing)) {
	t.Helper()
	onEngines(t, func(t *testing.T, h *house) {
		s := &sharing{house: h, worker: h.account(t, "worker", access.Worker), admin: h.account(t, "admin", access.Administrator)}
		s.record = s.young(t, "Semhar Tesfay", s.worker)
		var err error
		if s.health, err = h.AddAgency(t.Context(), s.admin, "Fernshire NHS", "health"); err != nil {
			t.Fatal(err)
		}
		if s.police, err = h.AddAgency(t.Context(), s.admin, "Fernshire Police", "police"); err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
}

func (h *house) young(t *testing.T, name string, worker service.Actor) (record string) {
	t.Helper()
	record, _, err := h.AddChild(t.Context(), worker, service.NewChild{ID: h.NewID(), Name: name, BirthDate: "2010-02-03", Sex: "M", Ethnicity: "AOTH", Anyway: true})
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// agreesAndShares has a young person agree to sharing, with a remark, and shares it.
func (h *house) agreesAndShares(t *testing.T, worker service.Actor, record, remark string) {
	t.Helper()
	agency, err := h.AddAgency(t.Context(), h.operator, "Fernshire NHS", "health")
	if err != nil {
		t.Fatal(err)
	}
	e := (&sharing{house: h}).agrees(agency, consent.Who)
	e.Remark, e.Language = remark, remark
	if err := h.RecordConsent(t.Context(), worker, record, e); err != nil {
		t.Fatal(err)
	}
	if err := h.Share(t.Context(), worker, record, agency, consent.Who, consent.Consent); err != nil {
		t.Fatal(err)
	}
}

// partner is somebody of an agency.
func (s *sharing) partner(t *testing.T, username, agency string, section consent.Section) service.Actor {
	t.Helper()
	p := s.account(t, username, access.Partner)
	if err := s.PlacePartner(t.Context(), s.admin, p.Account, agency, string(section)); err != nil {
		t.Fatal(err)
	}
	return p
}

// agrees is consent to sharing, as it would be asked.
func (s *sharing) agrees(agency string, section consent.Section) consent.Entry {
	return consent.Entry{ID: s.NewID(), Matter: consent.Matter{Purpose: consent.Sharing, Agency: agency, Section: section},
		Basis: consent.Consent, Answer: consent.Agreed, How: consent.Interpreted, Language: "Tigrinya", AskedOn: "2026-11-20"}
}

func (s *sharing) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// share asks the young person, who agrees, and shares.
func (s *sharing) share(t *testing.T, record, agency string, section consent.Section) {
	t.Helper()
	s.must(t, s.RecordConsent(t.Context(), s.worker, record, s.agrees(agency, section)))
	s.must(t, s.Share(t.Context(), s.worker, record, agency, section, consent.Consent))
}

// sees fails the test where a partner does not see, or does see, the record, by the
// list and by its address.
func (s *sharing) sees(t *testing.T, p service.Actor, record string, want bool) {
	t.Helper()
	list, err := s.SharedWithMe(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	listed := slices.ContainsFunc(list.Records, func(h service.SharedHead) bool { return h.Record == record })
	_, err = s.SharedRecord(t.Context(), p, record)
	if opened := err == nil; listed != want || opened != want || !opened && !errors.Is(err, service.ErrNotFound) {
		t.Errorf("%s: in the list %v, opened %v (%v), want %v", p.Username, listed, opened, err, want)
	}
}

// Nothing can be shared before the young person agreed to just this, or another basis
// was recorded as what it is.
func TestNothingIsSharedWithoutABasis(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		p := s.partner(t, "nurse", s.health, consent.Who)
		refused := func(what string, agency string, section consent.Section, basis consent.Basis) {
			t.Helper()
			var wrong service.Invalid
			if err := s.Share(t.Context(), s.worker, s.record, agency, section, basis); !errors.As(err, &wrong) || wrong[0].Message == "" {
				t.Errorf("%s: %v", what, err)
			}
			s.sees(t, p, s.record, false)
		}
		refused("nobody was asked", s.health, consent.Who, consent.Consent)
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, s.agrees(s.police, consent.Who)))
		refused("agreed to another agency", s.health, consent.Who, consent.Consent)
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, s.agrees(s.health, consent.Missing)))
		refused("agreed to another section", s.health, consent.Who, consent.Consent)
		no := s.agrees(s.health, consent.Who)
		no.Answer = consent.Declined
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, no))
		refused("did not agree", s.health, consent.Who, consent.Consent)
		refused("no law was named", s.health, consent.Who, consent.LegalObligation)
		refused("no such agency", "nobody", consent.Who, consent.Consent)

		duty := consent.Entry{ID: s.NewID(), Matter: no.Matter, Basis: consent.LegalObligation, Answer: consent.Applies, AskedOn: "2026-11-24", Remark: "The court ordered it."}
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, duty))
		refused("a duty is not consent", s.health, consent.Who, consent.Consent)
		s.must(t, s.Share(t.Context(), s.worker, s.record, s.health, consent.Who, consent.LegalObligation))
		s.sees(t, p, s.record, true)
		page, err := s.ConsentOf(t.Context(), s.worker, s.record)
		s.must(t, err)
		if len(page.Shares) != 1 || page.Shares[0].Basis != consent.LegalObligation || !page.Shares[0].Live {
			t.Errorf("the page says %+v", page.Shares)
		}
	})
}

// A withdrawal ends what is shared in the same transaction, and says who did it.
func TestAWithdrawalEndsSharesAtOnce(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		p, other := s.partner(t, "nurse", s.health, consent.Who), s.partner(t, "officer", s.police, consent.Who)
		s.share(t, s.record, s.health, consent.Who)
		s.share(t, s.record, s.police, consent.Who)
		s.sees(t, p, s.record, true)
		page, err := s.ConsentOf(t.Context(), s.worker, s.record)
		s.must(t, err)
		at := slices.IndexFunc(page.Current, func(e service.ConsentNow) bool { return e.Agency == s.health })
		s.must(t, s.WithdrawConsent(t.Context(), s.worker, s.record, page.Current[at].ID))
		s.sees(t, p, s.record, false)
		s.sees(t, other, s.record, true)

		page, err = s.ConsentOf(t.Context(), s.worker, s.record)
		s.must(t, err)
		if latest := page.History[0]; latest.Answer != consent.Withdrawn || latest.RecordedBy != s.worker.Account || latest.Replaces == "" {
			t.Errorf("the ledger says %+v", latest)
		}
		for _, share := range page.Shares {
			if share.Agency == s.health && (share.EndedAt.IsZero() || share.EndedBy != s.worker.Account || share.Live) {
				t.Errorf("the share is %+v", share)
			}
		}
		if acts := s.acts(t); !slices.Contains(acts, "withdraw consent") || !slices.Contains(acts, "end share") || !slices.Contains(acts, "read what is shared") {
			t.Errorf("the log has %v", acts)
		}
		// Agreeing again opens nothing by itself.
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, s.agrees(s.health, consent.Who)))
		s.sees(t, p, s.record, false)
	})
}

// acts are what the record's log holds.
func (s *sharing) acts(t *testing.T) []string {
	t.Helper()
	trail, err := s.History(t.Context(), s.worker, s.record)
	s.must(t, err)
	var acts []string
	for _, e := range trail.Log {
		acts = append(acts, e.Act)
	}
	return acts
}

// What is shared ends by itself, and whenever the agency, the account or its section
// is no more what it was.
func TestWhatIsSharedEnds(t *testing.T) {
	ends := map[string]func(t *testing.T, s *sharing, p service.Actor){
		"its last day is over": func(t *testing.T, s *sharing, p service.Actor) {
			s.clock.now = time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC)
			s.sees(t, p, s.record, true)
			s.clock.now = s.clock.now.Add(time.Second) // midnight in London
		},
		"the share ended": func(t *testing.T, s *sharing, _ service.Actor) {
			page, err := s.ConsentOf(t.Context(), s.worker, s.record)
			s.must(t, err)
			s.must(t, s.EndShare(t.Context(), s.worker, s.record, page.Shares[0].ID))
		},
		"the agency ended": func(t *testing.T, s *sharing, _ service.Actor) {
			s.must(t, s.EndAgency(t.Context(), s.admin, s.health))
		},
		"the account ended": func(t *testing.T, s *sharing, p service.Actor) {
			s.must(t, s.EndAccount(t.Context(), s.admin, p.Account))
		},
		"the account has another role": func(t *testing.T, s *sharing, p service.Actor) {
			s.must(t, s.ChangeAccount(t.Context(), s.admin, p.Account, p.Name, access.Auditor))
		},
		"the account is of another agency": func(t *testing.T, s *sharing, p service.Actor) {
			s.must(t, s.PlacePartner(t.Context(), s.admin, p.Account, s.police, string(consent.Who)))
		},
		"the account has another section": func(t *testing.T, s *sharing, p service.Actor) {
			s.must(t, s.PlacePartner(t.Context(), s.admin, p.Account, s.health, string(consent.Words)))
		},
		"they were asked again and did not agree": func(t *testing.T, s *sharing, _ service.Actor) {
			no := s.agrees(s.health, consent.Who)
			no.Answer = consent.Declined
			s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, no))
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			onSharing(t, func(t *testing.T, s *sharing) {
				p := s.partner(t, "nurse", s.health, consent.Who)
				until := s.agrees(s.health, consent.Who)
				until.Expires = "2026-11-30"
				s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, until))
				s.must(t, s.Share(t.Context(), s.worker, s.record, s.health, consent.Who, consent.Consent))
				s.sees(t, p, s.record, true)
				end(t, s, p)
				if name == "the account has another role" || name == "the account ended" {
					if _, err := s.SharedRecord(t.Context(), p, s.record); err == nil {
						t.Error("an actor of before still sees it")
					}
					return
				}
				s.sees(t, p, s.record, false)
			})
		})
	}
}

// Nobody shares, withdraws or ends what is not theirs: somebody else's record, a share
// or an entry of another record, another authority.
func TestSomebodyElsesConsentCannotBeReached(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		stranger := s.account(t, "stranger", access.Worker)
		p := s.partner(t, "nurse", s.health, consent.Who)
		s.share(t, s.record, s.health, consent.Who)
		page, err := s.ConsentOf(t.Context(), s.worker, s.record)
		s.must(t, err)
		own := s.young(t, "Duc Nguyen", stranger)
		share, entry := page.Shares[0].ID, page.Current[0].ID
		s.must(t, s.AddAuthority(t.Context(), "888", "Elsewhere", false))
		elsewhere := p
		elsewhere.Authority = "888"
		for what, err := range map[string]error{
			"record":               s.RecordConsent(t.Context(), stranger, s.record, s.agrees(s.health, consent.Words)),
			"share":                s.Share(t.Context(), stranger, s.record, s.health, consent.Who, consent.Consent),
			"end":                  s.EndShare(t.Context(), stranger, s.record, share),
			"end by another":       s.EndShare(t.Context(), stranger, own, share),
			"withdraw":             s.WithdrawConsent(t.Context(), stranger, s.record, entry),
			"withdraw by another":  s.WithdrawConsent(t.Context(), stranger, own, entry),
			"read":                 func() error { _, err := s.ConsentOf(t.Context(), stranger, s.record); return err }(),
			"of another authority": func() error { _, err := s.SharedRecord(t.Context(), elsewhere, s.record); return err }(),
		} {
			if !errors.Is(err, service.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		s.sees(t, p, s.record, true)
		s.sees(t, p, own, false)
	})
}

// An entry that is sent twice is one; a withdrawal of what was answered anew in between
// is not taken for one of that.
func TestAnEntrySentTwiceIsOne(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		e := s.agrees(s.health, consent.Who)
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, e))
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, e))
		page, err := s.ConsentOf(t.Context(), s.worker, s.record)
		s.must(t, err)
		if len(page.History) != 1 {
			t.Errorf("the ledger has %d entries", len(page.History))
		}
		s.must(t, s.RecordConsent(t.Context(), s.worker, s.record, s.agrees(s.health, consent.Who)))
		if err := s.WithdrawConsent(t.Context(), s.worker, s.record, e.ID); !errors.Is(err, service.ErrChanged) {
			t.Errorf("an entry that another replaced was withdrawn: %v", err)
		}
	})
}

// canaries are words that stand in one section each.
var canaries = map[consent.Section]string{
	consent.Who: "Wholilah", consent.Register: "Registrix", consent.Missing: "2026-07-03", consent.Words: "wordlings",
}

// fillSections puts a word of its own into every section of a record.
func (s *sharing) fillSections(t *testing.T) {
	t.Helper()
	s.record = s.young(t, canaries[consent.Who]+" Tesfay", s.worker)
	s.must(t, s.SaveRegister(t.Context(), s.worker, s.record, 0, register.Entry{
		register.FieldState: string(register.Suspected), register.FieldSuspectedOn: "2026-03-02", register.FieldSuspectedWhy: canaries[consent.Register],
		register.FieldLanguage: canaries[consent.Who] + "ese", register.FieldNote: "Notelet"}))
	talk, err := s.StartConversation(t.Context(), s.worker, s.record, service.NewConversation{ID: s.NewID(), HeldOn: "2026-11-20", Language: "English", HelpedBy: []conversation.Help{conversation.WorkerHelp}})
	s.must(t, err)
	_, err = s.SaveReading(t.Context(), s.worker, service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: framework.Working().Outcomes()[0].Indicators[0].ID,
		Voice: conversation.YoungPerson, State: conversation.Answered, Value: 2, Words: canaries[consent.Words]})
	s.must(t, err)
}

// Each section holds what it is for, and no word of any other.
func TestASectionHoldsNothingOfAnother(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		s.fillSections(t)
		for _, section := range consent.Sections {
			p := s.partner(t, "p-"+string(section), s.health, section)
			s.share(t, s.record, s.health, section)
			r, err := s.SharedRecord(t.Context(), p, s.record)
			s.must(t, err)
			list, err := s.SharedWithMe(t.Context(), p)
			s.must(t, err)
			edition := r.Edition
			r.Edition = nil // holds the words of the framework
			for i := range r.Words {
				r.Words[i].Edition = nil
			}
			text := fmt.Sprintf("%+v %+v", r, list)
			for other, canary := range canaries {
				if has := strings.Contains(text, canary); has != (other == section) && other != consent.Missing {
					t.Errorf("%s: the word of %s is there: %v in\n%s", section, other, has, text)
				}
			}
			if strings.Contains(text, "Notelet") {
				t.Errorf("%s shows the note", section)
			}
			if section == consent.Outcomes && (edition == nil || len(r.Outcomes) != 1 || r.Outcomes[0].Young.LatestValue != 2) {
				t.Errorf("the outcomes are %+v", r.Outcomes)
			}
			if section != consent.Who && !reflect.ValueOf(r.Identity).IsZero() || section != consent.Outcomes && len(r.Outcomes) > 0 {
				t.Errorf("%s has more than its own: %+v", section, r)
			}
		}
	})
}

// What the ledger of consent lets an agency see is told on the page of who can see a
// record, and only while it does.
func TestWhoCanSeeNamesTheAgencies(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		s.share(t, s.record, s.health, consent.Missing)
		trail, err := s.History(t.Context(), s.worker, s.record)
		s.must(t, err)
		if len(trail.Agencies) != 1 || trail.Agencies[0].Name != "Fernshire NHS" || trail.Agencies[0].Section != consent.Missing || trail.Agencies[0].Basis != consent.Consent {
			t.Errorf("it names %+v", trail.Agencies)
		}
		s.must(t, s.EndAgency(t.Context(), s.admin, s.health))
		if trail, err = s.History(t.Context(), s.worker, s.record); err != nil || len(trail.Agencies) != 0 {
			t.Errorf("it still names %+v, %v", trail.Agencies, err)
		}
	})
}
