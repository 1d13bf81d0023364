package store

import (
	"encoding/json"
	"fmt"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/register"
)

// RegisterVersion is one version of a child's register entry.
type RegisterVersion struct {
	Child      string
	Record     string
	Version    int // 1 for the first
	Entry      register.Entry
	Said       register.Entry // what the file's row said, which a person's entry may outweigh; nil where a person entered it
	Source     string         // "person", or the delivery's number
	RecordedAt time.Time
	RecordedBy string
}

const registerColumns = `select c.id, c.record_id, r.version, r.body, r.source, r.recorded_at, r.recorded_by
	from register_entry r join child c on c.authority = r.authority and c.id = r.child_id `

const latestVersion = ` and r.version = (select max(n.version) from register_entry n where n.authority = r.authority and n.child_id = r.child_id)`

var (
	insertRegister = statement(`insert into register_entry (authority, child_id, version, state, referred_on, closed_on, body, said, source, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	registerSaid   = statement(`select r.child_id, r.said from register_entry r where r.authority = $1 and r.said <> ''
		and r.version = (select max(n.version) from register_entry n where n.authority = r.authority and n.child_id = r.child_id and n.said <> '')`)
	registerOfOne   = statement(registerColumns + `where r.authority = $1 and c.record_id = $2 order by r.recorded_at desc, r.version desc, r.child_id`)
	registerNow     = statement(registerColumns + `where r.authority = $1` + latestVersion + ` order by r.child_id`)
	registerInScope = statement(registerColumns + `where ` + access.InScope + latestVersion + ` order by r.child_id`)
)

// AddRegisterVersion adds a version of a child's entry. Version must be one more
// than the last; ErrConflict where somebody else was first.
func (tx *Tx) AddRegisterVersion(authority string, v RegisterVersion) error {
	body, err := json.Marshal(v.Entry)
	if err != nil {
		return fmt.Errorf("write the register entry: %w", err)
	}
	var said []byte
	if v.Said != nil {
		if said, err = json.Marshal(v.Said); err != nil {
			return fmt.Errorf("write what the file says: %w", err)
		}
	}
	return tx.exec(insertRegister, authority, v.Child, v.Version, string(v.Entry.State()),
		v.Entry["referred-on"], v.Entry["closed-on"], string(body), string(said), v.Source, instant(tx.Now), v.RecordedBy)
}

// RegisterOfRecord are all versions of all entries that a record shows, the latest first.
func (tx *Tx) RegisterOfRecord(authority, record string) ([]RegisterVersion, error) {
	return all(tx, registerOfOne, []any{authority, record}, scanRegister)
}

// RegisterNow is the current version of every entry of the authority.
func (tx *Tx) RegisterNow(authority string) ([]RegisterVersion, error) {
	return all(tx, registerNow, []any{authority}, scanRegister)
}

// RegisterInScope is the current version of every entry in scope.
func (tx *Tx) RegisterInScope(scope access.Scope) ([]RegisterVersion, error) {
	return all(tx, registerInScope, scope.Args(), scanRegister)
}

// RegisterSaid is what a file last said of each child that a file ever spoke of.
func (tx *Tx) RegisterSaid(authority string) (map[string]register.Entry, error) {
	out := map[string]register.Entry{}
	err := tx.each(registerSaid, []any{authority}, func(row scanner) error {
		var child, body string
		if err := row.Scan(&child, &body); err != nil {
			return err
		}
		var entry register.Entry
		err := json.Unmarshal([]byte(body), &entry)
		out[child] = entry
		return err
	})
	return out, err
}

func scanRegister(row scanner) (RegisterVersion, error) {
	var v RegisterVersion
	var body, recorded string
	if err := row.Scan(&v.Child, &v.Record, &v.Version, &body, &v.Source, &recorded, &v.RecordedBy); err != nil {
		return v, err
	}
	v.RecordedAt = parseInstant(recorded)
	if err := json.Unmarshal([]byte(body), &v.Entry); err != nil {
		return v, fmt.Errorf("read the register entry of %s: %w", v.Child, err)
	}
	return v, nil
}
