package store

import (
	"time"

	"stablefutures/internal/consent"
)

// ConsentEntry is a row of the ledger of consent, with who recorded it.
type ConsentEntry struct {
	consent.Entry
	Child      string
	RecordedAt time.Time
	RecordedBy string
}

const consentColumns = `select k.number, k.id, k.child_id, k.purpose, k.agency_id, k.section, k.basis, k.answer, k.how, k.language, k.asked_on, k.expires_on, k.replaces, k.remark, k.recorded_at, k.recorded_by from consent k `

var (
	insertConsent = statement(`insert into consent (authority, number, id, child_id, purpose, agency_id, section, basis, answer, how, language, asked_on, expires_on, replaces, remark, recorded_at, recorded_by)
		select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 from consent where authority = $1`)
	consentOfRecord = statement(consentColumns + `where k.authority = $1 and k.child_id in (select id from child where authority = $1 and record_id = $2) order by k.number`)
	studyAgreed     = statement(`select distinct c.record_id from consent k join child c on c.authority = k.authority and c.id = k.child_id
		where k.authority = $1 and k.purpose = 'study' and k.basis = 'consent' and k.answer = 'agreed' and (k.expires_on = '' or k.expires_on >= $2)
			and not exists (
				select 1 from child s join consent l on l.authority = s.authority and l.child_id = s.id
				where s.authority = c.authority and s.record_id = c.record_id and l.purpose = k.purpose and l.basis = k.basis and l.number > k.number)
			and not exists (select 1 from child s where s.authority = c.authority and s.record_id = c.record_id and s.erased_at is not null)
		order by c.record_id`)
)

// AddConsent adds an entry at the end of the ledger. The authority must be locked.
func (tx *Tx) AddConsent(authority, child string, e consent.Entry, by string) error {
	language, err := tx.sealText(childOf(authority, child), place(authority, "consent", "language", e.ID), e.Language)
	if err != nil {
		return err
	}
	remark, err := tx.sealText(childOf(authority, child), place(authority, "consent", "remark", e.ID), e.Remark)
	if err != nil {
		return err
	}
	return tx.exec(insertConsent, authority, e.ID, child, string(e.Purpose), e.Agency, string(e.Section), string(e.Basis), string(e.Answer),
		string(e.How), language, string(e.AskedOn), string(e.Expires), e.Replaces, remark, instant(tx.Now), by)
}

// ConsentOfRecord are all entries about a record's children, the first recorded first.
func (tx *Tx) ConsentOfRecord(authority, record string) ([]ConsentEntry, error) {
	list, err := all(tx, consentOfRecord, []any{authority, record}, func(row scanner) (ConsentEntry, error) {
		var e ConsentEntry
		var recorded string
		err := row.Scan(&e.Number, &e.ID, &e.Child, &e.Purpose, &e.Agency, &e.Section, &e.Basis, &e.Answer, &e.How, &e.Language,
			&e.AskedOn, &e.Expires, &e.Replaces, &e.Remark, &recorded, &e.RecordedBy)
		e.RecordedAt = parseInstant(recorded)
		return e, err
	})
	return opened(list, err, func(e *ConsentEntry) (err error) {
		if e.Language, err = tx.openText(childOf(authority, e.Child), place(authority, "consent", "language", e.ID), e.Language); err != nil {
			return err
		}
		e.Remark, err = tx.openText(childOf(authority, e.Child), place(authority, "consent", "remark", e.ID), e.Remark)
		return err
	})
}

// AgreedToStudy are the records whose consent to the study holds on a day, by the same
// rule as consent.Holds.
func (tx *Tx) AgreedToStudy(authority, day string) ([]string, error) {
	return all(tx, studyAgreed, []any{authority, day}, scanText)
}
