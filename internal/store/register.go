package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"stablefutures/internal/access"
	"stablefutures/internal/register"
	"stablefutures/internal/seal"
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

const registerColumns = `select c.id, c.record_id, r.version, r.state, r.referred_on, r.closed_on, r.body, r.source, r.recorded_at, r.recorded_by
	from register_entry r join child c on c.authority = r.authority and c.id = r.child_id `

const latestVersion = ` and r.version = (select max(n.version) from register_entry n where n.authority = r.authority and n.child_id = r.child_id)`

var (
	insertRegister = statement(`insert into register_entry (authority, child_id, version, state, referred_on, closed_on, body, said, source, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`)
	registerSaid   = statement(`select r.child_id, r.version, r.said from register_entry r where r.authority = $1 and r.said <> ''
		and r.version = (select max(n.version) from register_entry n where n.authority = r.authority and n.child_id = r.child_id and n.said <> '')`)
	registerOfOne   = statement(registerColumns + `where r.authority = $1 and r.child_id in (select x.id from child x where x.authority = $1 and x.record_id = $2) order by r.recorded_at desc, r.version desc, r.child_id`)
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
	of := childOf(authority, v.Child)
	sealedBody, err := tx.sealText(of, registerPlace(authority, v.Child, v.Version, "body"), string(body))
	if err != nil {
		return err
	}
	sealedSaid, err := tx.sealText(of, registerPlace(authority, v.Child, v.Version, "said"), string(said))
	if err != nil {
		return err
	}
	return tx.exec(insertRegister, authority, v.Child, v.Version, string(v.Entry.State()),
		v.Entry["referred-on"], v.Entry["closed-on"], sealedBody, sealedSaid, v.Source, instant(tx.Now), v.RecordedBy)
}

func registerPlace(authority, childID string, version int, column string) seal.Place {
	return place(authority, "register_entry", column, childID, strconv.Itoa(version))
}

// RegisterOfRecord are all versions of all entries that a record shows, the latest first.
func (tx *Tx) RegisterOfRecord(authority, record string) ([]RegisterVersion, error) {
	return tx.openedRegister(authority, registerOfOne, authority, record)
}

// RegisterNow is the current version of every entry of the authority.
func (tx *Tx) RegisterNow(authority string) ([]RegisterVersion, error) {
	return tx.openedRegister(authority, registerNow, authority)
}

// RegisterInScope is the current version of every entry in scope.
func (tx *Tx) RegisterInScope(scope access.Scope) ([]RegisterVersion, error) {
	return tx.openedRegister(scope.Authority, registerInScope, scope.Args()...)
}

// RegisterSaid is what a file last said of each child that a file ever spoke of.
func (tx *Tx) RegisterSaid(authority string) (map[string]register.Entry, error) {
	list, err := all(tx, registerSaid, []any{authority}, func(row scanner) (s sealedEntry, err error) {
		err = row.Scan(&s.Child, &s.Version, &s.body)
		return s, err
	})
	if err != nil {
		return nil, err
	}
	out := map[string]register.Entry{}
	_, err = openAll(tx, authority, list, (*sealedEntry).whose, func(s *sealedEntry) error {
		err := tx.openEntry(authority, s, "said")
		out[s.Child] = s.Entry
		return err
	})
	return out, err
}

// sealedEntry is a version of which what the entry says is still sealed.
type sealedEntry struct {
	RegisterVersion
	state, referredOn, closedOn string
	body                        string
}

func (s *sealedEntry) whose() string { return s.Child }

func (tx *Tx) openedRegister(authority string, q stmt, args ...any) ([]RegisterVersion, error) {
	list, err := all(tx, q, args, scanRegister)
	if err != nil {
		return nil, err
	}
	out := make([]RegisterVersion, 0, len(list))
	_, err = openAll(tx, authority, list, (*sealedEntry).whose, func(s *sealedEntry) error {
		err := tx.openEntry(authority, s, "body")
		out = append(out, s.RegisterVersion)
		return err
	})
	return out, err
}

// openEntry opens what an entry says. Of an erased person what is counted is left.
func (tx *Tx) openEntry(authority string, s *sealedEntry, column string) error {
	text, err := tx.openText(childOf(authority, s.Child), registerPlace(authority, s.Child, s.Version, column), s.body)
	if err != nil {
		return err
	}
	if text == "" {
		s.Entry = register.Entry{}
		for field, value := range map[string]string{register.FieldState: s.state, register.FieldReferredOn: s.referredOn, register.FieldClosedOn: s.closedOn} {
			if value != "" {
				s.Entry[field] = value
			}
		}
		return nil
	}
	if err := json.Unmarshal([]byte(text), &s.Entry); err != nil {
		return fmt.Errorf("read the register entry of %s: %w", s.Child, err)
	}
	return nil
}

func scanRegister(row scanner) (sealedEntry, error) {
	var s sealedEntry
	var recorded string
	err := row.Scan(&s.Child, &s.Record, &s.Version, &s.state, &s.referredOn, &s.closedOn, &s.body, &s.Source, &recorded, &s.RecordedBy)
	s.RecordedAt = parseInstant(recorded)
	return s, err
}
