package service_test

import (
	"errors"
	"fmt"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/consent"
	"stablefutures/internal/conversation"
	"stablefutures/internal/disclosure"
	"stablefutures/internal/framework"
	"stablefutures/internal/register"
	"stablefutures/internal/service"
)

// studied is a council of 40 on the register who answered one indicator: the first 24
// with 2, the others with 5.
func studied(t *testing.T, s *sharing) (records []string) {
	t.Helper()
	indicator := framework.Working().Outcomes()[0].Indicators[0].ID
	for n := range 40 {
		record := s.young(t, fmt.Sprint("Child ", n), s.worker)
		records = append(records, record)
		s.must(t, s.SaveRegister(t.Context(), s.worker, record, 0, register.Entry{register.FieldState: string(register.Suspected)}))
		talk, err := s.StartConversation(t.Context(), s.worker, record, service.NewConversation{ID: s.NewID(), HeldOn: "2026-11-20", Language: "English"})
		s.must(t, err)
		value := 5
		if n < 24 {
			value = 2
		}
		_, err = s.SaveReading(t.Context(), s.worker, service.NewReading{ID: s.NewID(), Conversation: talk, Indicator: indicator, Voice: conversation.YoungPerson, State: conversation.Answered, Value: value})
		s.must(t, err)
	}
	return records
}

// answersStudy records what somebody says about the study.
func (s *sharing) answersStudy(t *testing.T, record string, answer consent.Answer) (entry string) {
	t.Helper()
	e := consent.Entry{ID: s.NewID(), Matter: consent.Matter{Purpose: consent.Study}, Basis: consent.Consent, Answer: answer, How: consent.Pictures, Language: "English", AskedOn: "2026-11-20"}
	s.must(t, s.RecordConsent(t.Context(), s.worker, record, e))
	return e.ID
}

// The study counts only those who agreed, and no more whoever took it back, at once;
// with the overview, its figures tell of no few who did not agree.
func TestTheStudyCountsOnlyThoseWhoAgreed(t *testing.T) {
	onSharing(t, func(t *testing.T, s *sharing) {
		team := s.account(t, "study", access.StudyTeam)
		records := studied(t, s)
		outcome := framework.Working().Outcomes()[0].ID
		figures := func() (st service.Study, n service.ItemCounts) {
			t.Helper()
			st, err := s.Study(t.Context(), team)
			s.must(t, err)
			return st, st.Item(outcome)
		}
		if st, _ := figures(); st.AgreedToStudy() != disclosure.Number(0) || st.Silence == "" || st.Register != disclosure.Number(40) {
			t.Errorf("nobody agreed: %v of %v, %q", st.AgreedToStudy(), st.Register, st.Silence)
		}
		entries := map[string]string{}
		for n, record := range records {
			if n < 12 || n >= 24 && n < 32 {
				entries[record] = s.answersStudy(t, record, consent.Agreed)
			} else if n < 20 {
				s.answersStudy(t, record, consent.Declined)
			}
		}
		st, n := figures()
		if st.AgreedToStudy() != disclosure.Number(20) || n.Spoke != disclosure.Number(20) || n.Now[1] != disclosure.Number(12) || n.Now[4] != disclosure.Number(8) {
			t.Errorf("20 agreed: %v, spoke %v, answers %v", st.AgreedToStudy(), n.Spoke, n.Now)
		}
		if _, err := s.Overview(t.Context(), s.operator, "", true); err != nil {
			t.Fatal(err)
		}
		for _, record := range records[:2] {
			s.must(t, s.WithdrawConsent(t.Context(), s.worker, record, entries[record]))
		}
		if st, n = figures(); st.AgreedToStudy() != disclosure.Number(18) || n.Now[1] != disclosure.Number(10) {
			t.Errorf("two took it back: %v, answers %v", st.AgreedToStudy(), n.Now)
		}
		for _, record := range records[27:32] { // 3 are left who answered 5
			s.must(t, s.WithdrawConsent(t.Context(), s.worker, record, entries[record]))
		}
		if st, n = figures(); st.AgreedToStudy() != disclosure.Number(13) || n.Now[4].Shown || n.Now[1].Shown {
			t.Errorf("three answered 5: %v, answers %v", st.AgreedToStudy(), n.Now)
		}
		for _, record := range records[:37] {
			s.answersStudy(t, record, consent.Agreed)
		}
		if st, n = figures(); st.AgreedToStudy().Shown || n.Spoke.Shown || st.Silence == "" {
			t.Errorf("three did not agree: %v agreed, %v spoke, %q", st.AgreedToStudy(), n.Spoke, st.Silence)
		}
		if _, err := s.Study(t.Context(), s.worker); !errors.Is(err, service.ErrRefused) {
			t.Errorf("a worker sees the study: %v", err)
		}
	})
}
