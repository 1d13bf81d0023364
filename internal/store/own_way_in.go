package store

import (
	"database/sql"
	"time"
)

// OwnCode is a code with which a young person comes to their own page, once.
type OwnCode struct {
	Hash      string // keyed hash of the code
	Child     string // the record
	Slip      bool   // printed for later; false where it is shown on a screen
	MadeAt    time.Time
	MadeBy    string
	ExpiresAt time.Time
	UsedAt    time.Time // zero where it was not used
	EndedAt   time.Time // zero where nobody took it back
}

// OwnSession is a young person on their own page.
type OwnSession struct {
	Hash         string // SHA-256 of its token
	Child        string // the record
	Way          string // code, slip, handed-over, device
	GivenBy      string
	Device       string
	Language     string
	Pictures     bool
	Conversation string
	Proved       string // device whose pictures or passkey were proved or chosen here
	Unlocked     string // the lock, by its child, whose pictures were
	BeganAt      time.Time
	SeenAt       time.Time // to within a minute
	EndedAt      time.Time
}

// HandedOver is the way of a session on a worker's tablet.
const HandedOver = "handed-over"

// HandedOver tells whether they sit at a worker's tablet.
func (s OwnSession) HandedOver() bool { return s.Way == HandedOver }

// OwnDevice is a device that a young person chose to be remembered on.
type OwnDevice struct {
	ID        string
	Child     string
	TokenHash string // SHA-256 of what the browser keeps
	Pictures  string // as kept; empty where a passkey opens it
	Passkey   string
	Wrong     int    // tries with wrong pictures since the last right one
	GivenBy   string // account with whose code, or on whose word, it was remembered
	MadeAt    time.Time
	SeenAt    time.Time
	EndedAt   time.Time
	EndedBy   string // account; "restore" where a backup was restored; empty for the young person

	owner string // the child whose key seals it, which a link of records does not change
}

const (
	ownSessionColumns = `select s.token_hash, c.record_id, s.way, s.given_by, s.device_id, s.language, s.pictures, s.conversation_id, s.proved, s.unlocked, s.began_at, s.seen_at, s.ended_at
		from own_session s join child c on c.authority = s.authority and c.id = s.child_id `
	ownDeviceColumns = `select d.id, d.child_id, c.record_id, d.token_hash, d.pictures, d.passkey, d.wrong, d.given_by, d.made_at, d.seen_at, d.ended_at, d.ended_by
		from own_device d join child c on c.authority = d.authority and c.id = d.child_id `
)

var (
	insertOwnCode = statement(`insert into own_code (authority, code_hash, child_id, kind, made_at, made_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`)
	useOwnCode    = statement(`update own_code set used_at = $3 where authority = $1 and code_hash = $2 and used_at is null and ended_at is null and expires_at > $3`)
	selectOwnCode = statement(`select k.code_hash, c.record_id, k.kind, k.made_at, k.made_by, k.expires_at, k.used_at, k.ended_at
		from own_code k join child c on c.authority = k.authority and c.id = k.child_id where k.authority = $1 and k.code_hash = $2 and c.erased_at is null`)
	ownCodesOf = statement(`select k.code_hash, c.record_id, k.kind, k.made_at, k.made_by, k.expires_at, k.used_at, k.ended_at
		from own_code k join child c on c.authority = k.authority and c.id = k.child_id where k.authority = $1 and c.record_id = $2 order by k.made_at desc, k.code_hash limit 20`)
	endOwnCodes = statement(`update own_code set ended_at = $3 where authority = $1 and used_at is null and ended_at is null and child_id in (select id from child where authority = $1 and record_id = $2)`)

	insertOwnSession = statement(`insert into own_session (authority, token_hash, child_id, way, given_by, device_id, language, pictures, conversation_id, proved, began_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, $10)`)
	selectOwnSession = statement(ownSessionColumns + `where s.authority = $1 and s.token_hash = $2 and s.ended_at is null and c.erased_at is null`)
	ownSessionsOf    = statement(ownSessionColumns + `where s.authority = $1 and c.record_id = $2 order by s.began_at desc, s.token_hash limit 20`)
	touchOwnSession  = statement(`update own_session set seen_at = $3 where authority = $1 and token_hash = $2 and ended_at is null`)
	setOwnSession    = statement(`update own_session set language = $3, pictures = $4, conversation_id = $5, device_id = $6, proved = $7, unlocked = $8 where authority = $1 and token_hash = $2 and ended_at is null`)
	endOwnSession    = statement(`update own_session set ended_at = $3 where authority = $1 and token_hash = $2 and ended_at is null`)
	endOwnSessions   = statement(`update own_session set ended_at = $3 where authority = $1 and ended_at is null and child_id in (select id from child where authority = $1 and record_id = $2)`)
	endOwnGivenBy    = statement(`update own_session set ended_at = $3 where authority = $1 and given_by = $2 and ended_at is null
		and not exists (select 1 from alert a where a.authority = own_session.authority and a.child_id = own_session.child_id and a.closed_at is null)`)
	liveOwnSessions = statement(ownSessionColumns + `where s.authority = $1 and c.record_id = $2 and s.ended_at is null
		and not exists (select 1 from alert a where a.authority = s.authority and a.child_id = s.child_id and a.closed_at is null)`)
	endDeviceOwn    = statement(`update own_session set ended_at = $3 where authority = $1 and device_id = $2 and ended_at is null`)
	lastOwnLanguage = statement(`select s.language, s.pictures from own_session s join child c on c.authority = s.authority and c.id = s.child_id
		where s.authority = $1 and c.record_id = $2 and s.language <> '' order by s.began_at desc, s.token_hash limit 1`)

	insertOwnDevice = statement(`insert into own_device (authority, id, child_id, token_hash, pictures, passkey, wrong, given_by, made_at, seen_at, ended_by) values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $8, '')`)
	selectOwnDevice = statement(ownDeviceColumns + `where d.authority = $1 and d.token_hash = $2 and d.ended_at is null and c.erased_at is null`)
	oneOwnDevice    = statement(ownDeviceColumns + `where d.authority = $1 and d.id = $2 and d.ended_at is null and c.erased_at is null`)
	ownDevicesOf    = statement(ownDeviceColumns + `where d.authority = $1 and c.record_id = $2 order by d.made_at desc, d.id`)
	useOwnDevice    = statement(`update own_device set seen_at = $3, wrong = $4, passkey = $5 where authority = $1 and id = $2 and ended_at is null`)
	vouchOwnDevice  = statement(`update own_device set given_by = $3 where authority = $1 and id = $2 and ended_at is null`)
	tryOwnDevice    = statement(`update own_device set wrong = $3 where authority = $1 and id = $2 and ended_at is null`)
	endOwnDevices   = statement(`update own_device set ended_at = $3, ended_by = $4 where authority = $1 and ended_at is null and child_id in (select id from child where authority = $1 and record_id = $2)`)
	endOwnDevice    = statement(`update own_device set ended_at = $3, ended_by = $4 where authority = $1 and id = $2 and ended_at is null`)
)

// AddOwnCode keeps a code that was given to a young person.
func (tx *Tx) AddOwnCode(authority string, c OwnCode) error {
	kind := "screen"
	if c.Slip {
		kind = "slip"
	}
	return tx.exec(insertOwnCode, authority, c.Hash, c.Child, kind, instant(tx.Now), c.MadeBy, instant(c.ExpiresAt))
}

// OwnCode is a code by its hash, whatever became of it; ErrNotFound where there is none,
// and for somebody who was erased.
func (tx *Tx) OwnCode(authority, hash string) (OwnCode, error) {
	rows, err := all(tx, selectOwnCode, []any{authority, hash}, scanOwnCode)
	return first(rows, err)
}

// UseOwnCode uses a code up and tells whose it is; ErrNotFound for one that there is
// not, that was used, taken back, or is too old, and for somebody who was erased.
func (tx *Tx) UseOwnCode(authority, hash string) (OwnCode, error) {
	c, err := tx.OwnCode(authority, hash)
	if err != nil {
		return c, err
	}
	return c, tx.execOne(useOwnCode, authority, hash, instant(tx.Now))
}

// OwnCodes are the last codes of a record, the latest first.
func (tx *Tx) OwnCodes(authority, record string) ([]OwnCode, error) {
	return all(tx, ownCodesOf, []any{authority, record}, scanOwnCode)
}

// EndOwnCodes takes back every code of a record that was not used.
func (tx *Tx) EndOwnCodes(authority, record string) error {
	return tx.exec(endOwnCodes, authority, record, instant(tx.Now))
}

// AddOwnSession begins a session.
func (tx *Tx) AddOwnSession(authority string, s OwnSession) error {
	return tx.exec(insertOwnSession, authority, s.Hash, s.Child, s.Way, s.GivenBy, s.Device, s.Language, flag(s.Pictures), s.Proved, instant(tx.Now))
}

// OwnSession is a session that nobody has ended; ErrNotFound otherwise.
func (tx *Tx) OwnSession(authority, hash string) (OwnSession, error) {
	rows, err := all(tx, selectOwnSession, []any{authority, hash}, scanOwnSession)
	return first(rows, err)
}

// OwnSessions are the last sessions of a record, the latest first.
func (tx *Tx) OwnSessions(authority, record string) ([]OwnSession, error) {
	return all(tx, ownSessionsOf, []any{authority, record}, scanOwnSession)
}

// TouchOwnSession notes that a session was used.
func (tx *Tx) TouchOwnSession(authority, hash string) error {
	return tx.exec(touchOwnSession, authority, hash, instant(tx.Now))
}

// SetOwnSession keeps what was chosen in a session, and the conversation that it holds.
func (tx *Tx) SetOwnSession(authority string, s OwnSession) error {
	return tx.execOne(setOwnSession, authority, s.Hash, s.Language, flag(s.Pictures), s.Conversation, s.Device, s.Proved, s.Unlocked)
}

// EndOwnSession ends a session; ending it twice is no error.
func (tx *Tx) EndOwnSession(authority, hash string) error {
	return tx.exec(endOwnSession, authority, hash, instant(tx.Now))
}

// EndOwnSessions ends every session of a record.
func (tx *Tx) EndOwnSessions(authority, record string) error {
	return tx.exec(endOwnSessions, authority, record, instant(tx.Now))
}

// EndOwnSessionsGivenBy ends every session that began with what an account gave, but
// where an alert goes on.
func (tx *Tx) EndOwnSessionsGivenBy(authority, account string) error {
	return tx.exec(endOwnGivenBy, authority, account, instant(tx.Now))
}

// LiveOwnSessions are the sessions of a record that nobody has ended and in which no alert
// goes on.
func (tx *Tx) LiveOwnSessions(authority, record string) ([]OwnSession, error) {
	return all(tx, liveOwnSessions, []any{authority, record}, scanOwnSession)
}

// LastOwnLanguage is what a young person chose the last time: the language's tag, and
// whether pictures stand for words; empty where they never chose.
func (tx *Tx) LastOwnLanguage(authority, record string) (tag string, pictures bool, err error) {
	var n int
	err = tx.one(lastOwnLanguage, []any{authority, record}, &tag, &n)
	return tag, n == 1, ignoreMissing(err)
}

// AddOwnDevice remembers a device.
func (tx *Tx) AddOwnDevice(authority string, d OwnDevice) error {
	passkey, err := tx.sealText(childOf(authority, d.Child), place(authority, "own_device", "passkey", d.ID), d.Passkey)
	if err != nil {
		return err
	}
	return tx.exec(insertOwnDevice, authority, d.ID, d.Child, d.TokenHash, d.Pictures, passkey, d.GivenBy, instant(tx.Now))
}

// OwnDeviceByToken is the device whose browser keeps a token; ErrNotFound where it was
// cut off.
func (tx *Tx) OwnDeviceByToken(authority, tokenHash string) (OwnDevice, error) {
	return first(tx.openedDevices(authority, selectOwnDevice, authority, tokenHash))
}

// OwnDevice is a device that opens its page; ErrNotFound where it was cut off.
func (tx *Tx) OwnDevice(authority, id string) (OwnDevice, error) {
	return first(tx.openedDevices(authority, oneOwnDevice, authority, id))
}

// OwnDevices are all devices of a record, the latest first.
func (tx *Tx) OwnDevices(authority, record string) ([]OwnDevice, error) {
	return tx.openedDevices(authority, ownDevicesOf, authority, record)
}

// TryOwnDevice notes how often a device was tried since the last right try.
func (tx *Tx) TryOwnDevice(authority, id string, wrong int) error {
	return tx.execOne(tryOwnDevice, authority, id, wrong)
}

// VouchOwnDevice notes on whose word a device is remembered.
func (tx *Tx) VouchOwnDevice(authority, id, account string) error {
	return tx.execOne(vouchOwnDevice, authority, id, account)
}

// UseOwnDevice notes that a device opened its page: with how many wrong tries since, and
// what its passkey says now.
func (tx *Tx) UseOwnDevice(authority string, d OwnDevice) error {
	passkey, err := tx.sealText(childOf(authority, d.owner), place(authority, "own_device", "passkey", d.ID), d.Passkey)
	if err != nil {
		return err
	}
	return tx.execOne(useOwnDevice, authority, d.ID, instant(tx.Now), d.Wrong, passkey)
}

// EndOwnDevice cuts a device off, with its sessions. by is empty for the young person.
func (tx *Tx) EndOwnDevice(authority, id, by string) error {
	if err := tx.exec(endDeviceOwn, authority, id, instant(tx.Now)); err != nil {
		return err
	}
	return tx.execOne(endOwnDevice, authority, id, instant(tx.Now), by)
}

// EndOwnDevices cuts every device of a record off; their sessions go on.
func (tx *Tx) EndOwnDevices(authority, record, by string) error {
	return tx.exec(endOwnDevices, authority, record, instant(tx.Now), by)
}

func (tx *Tx) openedDevices(authority string, q stmt, args ...any) ([]OwnDevice, error) {
	list, err := all(tx, q, args, scanOwnDevice)
	return opened(list, err, func(d *OwnDevice) (err error) {
		d.Passkey, err = tx.openText(childOf(authority, d.owner), place(authority, "own_device", "passkey", d.ID), d.Passkey)
		return err
	})
}

func scanOwnCode(row scanner) (c OwnCode, err error) {
	var kind, made, expires string
	var used, ended sql.NullString
	err = row.Scan(&c.Hash, &c.Child, &kind, &made, &c.MadeBy, &expires, &used, &ended)
	c.Slip, c.MadeAt, c.ExpiresAt, c.UsedAt, c.EndedAt = kind == "slip", parseInstant(made), parseInstant(expires), parseInstant(used.String), parseInstant(ended.String)
	return c, err
}

func scanOwnSession(row scanner) (s OwnSession, err error) {
	var pictures int
	var began, seen string
	var ended sql.NullString
	err = row.Scan(&s.Hash, &s.Child, &s.Way, &s.GivenBy, &s.Device, &s.Language, &pictures, &s.Conversation, &s.Proved, &s.Unlocked, &began, &seen, &ended)
	s.Pictures, s.BeganAt, s.SeenAt, s.EndedAt = pictures == 1, parseInstant(began), parseInstant(seen), parseInstant(ended.String)
	return s, err
}

func scanOwnDevice(row scanner) (d OwnDevice, err error) {
	var made, seen string
	var ended, by sql.NullString
	err = row.Scan(&d.ID, &d.owner, &d.Child, &d.TokenHash, &d.Pictures, &d.Passkey, &d.Wrong, &d.GivenBy, &made, &seen, &ended, &by)
	d.MadeAt, d.SeenAt, d.EndedAt, d.EndedBy = parseInstant(made), parseInstant(seen), parseInstant(ended.String), by.String
	return d, err
}
