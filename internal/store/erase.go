package store

import "time"

// ofErased are the children of the record that is erased.
const ofErased = `(select id from child where authority = $1 and record_id = $2)`

// erasure is what goes of one table when a person is erased: $1 is the authority, $2
// the record.
type erasure struct {
	table string
	sql   stmt
}

// erasures are done in this order: rows before those to which they refer. A table that
// holds anything of a young person has its line here; a test finds those that have none.
var erasures = []erasure{
	{"notice", statement(`delete from notice where authority = $1 and (subject_id in ` + ofErased + `
		or subject_id in (select id from emergency where authority = $1 and child_id in ` + ofErased + `)
		or subject_id in (select id from restriction where authority = $1 and child_id in ` + ofErased + `)
		or subject_id in (select id from decision where authority = $1 and (subject_id in ` + ofErased + `
			or subject_id in (select id from restriction where authority = $1 and child_id in ` + ofErased + `))))`)},
	{"decision", statement(`delete from decision where authority = $1 and not (act = 'erase' and decided = 'yes') and (subject_id in ` + ofErased + `
		or subject_id in (select id from restriction where authority = $1 and child_id in ` + ofErased + `))`)},
	{"decision", statement(`update decision set reason = '', remark = '' where authority = $1 and subject_id in ` + ofErased)}, // who and when stays
	{"own_code", statement(`delete from own_code where authority = $1 and child_id in ` + ofErased)},
	{"own_session", statement(`delete from own_session where authority = $1 and child_id in ` + ofErased)},
	{"own_device", statement(`delete from own_device where authority = $1 and child_id in ` + ofErased)},
	{"own_lock", statement(`delete from own_lock where authority = $1 and child_id in ` + ofErased)},
	{"own_file", statement(`delete from own_file where authority = $1 and child_id in ` + ofErased)},
	{"own_said", statement(`delete from own_said where authority = $1 and child_id in ` + ofErased)},
	{"alert_told", statement(`delete from alert_told where authority = $1 and alert_id in (select id from alert where authority = $1 and child_id in ` + ofErased + `)`)},
	{"alert", statement(`delete from alert where authority = $1 and child_id in ` + ofErased)},
	{"ask_reply", statement(`delete from ask_reply where authority = $1 and child_id in ` + ofErased)},
	{"ask", statement(`delete from ask where authority = $1 and child_id in ` + ofErased)},
	{"plan_step", statement(`delete from plan_step where authority = $1 and child_id in ` + ofErased)},
	{"draft", statement(`delete from draft where authority = $1 and conversation_id in (select id from conversation where authority = $1 and child_id in ` + ofErased + `)`)},
	{"reading_words", statement(`delete from reading_words where authority = $1 and child_id in ` + ofErased)},
	{"reading", statement(`delete from reading where authority = $1 and child_id in ` + ofErased)},
	{"conversation", statement(`delete from conversation where authority = $1 and child_id in ` + ofErased)},
	{"standing", statement(`delete from standing where authority = $1 and record_id in ` + ofErased)},
	{"register_entry", statement(`delete from register_entry where authority = $1 and child_id in ` + ofErased)},
	{"fact", statement(`delete from fact where authority = $1 and child_id in ` + ofErased)},
	{"identity", statement(`delete from identity where authority = $1 and child_id in ` + ofErased)},
	{"allocation", statement(`delete from allocation where authority = $1 and child_id in ` + ofErased)},
	{"child_match", statement(`delete from child_match where authority = $1 and (child_a in ` + ofErased + ` or child_b in ` + ofErased + `)`)},
	{"restriction_name", statement(`delete from restriction_name where authority = $1 and restriction_id in (select id from restriction where authority = $1 and child_id in ` + ofErased + `)`)},
	{"restriction", statement(`delete from restriction where authority = $1 and child_id in ` + ofErased)},
	{"share", statement(`delete from share where authority = $1 and child_id in ` + ofErased)},
	{"consent", statement(`delete from consent where authority = $1 and child_id in ` + ofErased)},
	{"emergency", statement(`update emergency set reason = '', remark = '' where authority = $1 and child_id in ` + ofErased)}, // who and when stays, to be reviewed
}

var (
	markErased      = statement(`update child set erased_at = $3, la_id = null, team = '' where authority = $1 and record_id = $2`)
	numbersOfRecord = statement(`select la_id from child where authority = $1 and record_id = $2 and la_id is not null order by la_id`)
	talksOfRecord   = statement(`select id from conversation where authority = $1 and child_id in ` + ofErased)
	insertErased    = statement(`insert into erased_number (authority, number, erased_at) values ($1, $2, $3) on conflict (authority, number) do nothing`)
	listErased      = statement(`select number, erased_at from erased_number where authority = $1`)
)

// ErasedTables are the tables of which something goes when a person is erased.
func ErasedTables() []string {
	tables := []string{"child", "data_key", "name_token"}
	for _, e := range erasures {
		tables = append(tables, e.table)
	}
	return tables
}

// NumbersOfRecord are the authority's numbers of a record's children.
func (tx *Tx) NumbersOfRecord(authority, record string) ([]string, error) {
	return all(tx, numbersOfRecord, []any{authority, record}, scanText)
}

// TalksOfRecord are the ids of a record's conversations.
func (tx *Tx) TalksOfRecord(authority, record string) ([]string, error) {
	return all(tx, talksOfRecord, []any{authority, record}, scanText)
}

// EraseRecord takes away all that is kept of a record's children. Each child's row
// stays with its id and its reference, so that the log can still name it and the
// reference is never given again; of the decision to erase stays who and when. numbers
// are the keyed hashes by which the authority's numbers are known again.
//
// Their data keys are destroyed: what was sealed of them and is left somewhere, such as
// in an old copy, opens no more. Off the disk they are once Scrub has run.
func (tx *Tx) EraseRecord(authority, record string, numbers []string) error {
	children, err := tx.ChildrenOfRecord(authority, record)
	if err != nil {
		return err
	}
	for _, c := range children {
		if err := tx.DestroyPersonKey(authority, c.ID); err != nil {
			return err
		}
	}
	for _, e := range erasures {
		if err := tx.exec(e.sql, authority, record); err != nil {
			return err
		}
	}
	for _, number := range numbers {
		if err := tx.exec(insertErased, authority, number, instant(tx.Now)); err != nil {
			return err
		}
	}
	return tx.execOne(markErased, authority, record, instant(tx.Now))
}

// ErasedNumbers are the keyed hashes of the numbers whose records were erased, and when.
func (tx *Tx) ErasedNumbers(authority string) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := tx.each(listErased, []any{authority}, func(row scanner) error {
		var number, at string
		err := row.Scan(&number, &at)
		out[number] = parseInstant(at)
		return err
	})
	return out, err
}
