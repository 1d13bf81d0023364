package store

import (
	"errors"
	"fmt"

	"stablefutures/internal/access"
	"stablefutures/internal/seal"
)

// Errors about sealed columns that callers tell apart.
var (
	// ErrErased: this person's key was destroyed; nothing more can be written of them.
	ErrErased = seal.ErrErased
	// ErrTampered: a sealed value was changed, or put where it does not belong.
	ErrTampered = seal.ErrTampered
)

// Columns that are sealed are sealed and opened in this package alone, each value for
// its own place. Opening may ask the database for keys, so that the rows of a query are
// read to their end first and opened then.

var (
	selectDataKey  = statement(`select wrapped from data_key where authority = $1 and child_id = $2`)
	dataKeysOf     = statement(`select child_id, wrapped from data_key where authority = $1`)
	insertDataKey  = statement(`insert into data_key (authority, child_id, wrapped, key_id) values ($1, $2, $3, $4) on conflict (authority, child_id) do nothing`)
	destroyDataKey = statement(`insert into data_key (authority, child_id, wrapped, key_id) values ($1, $2, '', null)
		on conflict (authority, child_id) do update set wrapped = '', key_id = null`)
)

// sealing is what a transaction knows of keys.
type sealing struct {
	keys   *keysAt // once it has used any
	people map[seal.Owner]dataKey
}

// dataKey is somebody's key in a transaction.
type dataKey struct {
	seal.DataKey
	state keyState
}

type keyState int

const (
	keyMissing keyState = iota // there never was one
	keyThere
	keyDestroyed
)

// place names where a value stands: row is the row's key without the authority.
func place(authority, table, column string, row ...string) seal.Place {
	return seal.Place{Table: table, Column: column, Authority: authority, Row: row}
}

// ownOf is the owner of what is about no child.
func ownOf(authority string) seal.Owner { return seal.Owner{Authority: authority} }

func childOf(authority, child string) seal.Owner {
	return seal.Owner{Authority: authority, Child: child}
}

// openText opens a value. What belongs to an erased person is empty.
func (tx *Tx) openText(of seal.Owner, at seal.Place, sealed string) (string, error) {
	if sealed == "" || !access.Protected {
		return sealed, nil
	}
	key, err := tx.dataKey(of)
	switch {
	case err != nil:
		return "", err
	case key.state == keyDestroyed:
		return "", nil
	case key.state == keyMissing:
		return "", fmt.Errorf("%w: the data key of %s is no longer there. Restore it from a backup", ErrTampered, at)
	}
	return key.Open(at, sealed)
}

// opened opens what a list was read with, once its rows are closed.
func opened[T any](list []T, err error, open func(*T) error) ([]T, error) {
	for n := range list {
		if err == nil {
			err = open(&list[n])
		}
	}
	if err != nil {
		return nil, err
	}
	return list, nil
}

// sealText seals a value; ErrErased for an erased person.
func (tx *Tx) sealText(of seal.Owner, at seal.Place, text string) (string, error) {
	if text == "" || tx.dry {
		return "", nil
	}
	if !access.Protected {
		return text, nil
	}
	key, err := tx.keyToSeal(of)
	if err != nil {
		return "", err
	}
	return key.Seal(at, text), nil
}

// dataKey is an owner's key as the transaction sees it.
func (tx *Tx) dataKey(of seal.Owner) (dataKey, error) {
	if key, ok := tx.people[of]; ok {
		return key, nil
	}
	// While keys are rotated, what is read may be wrapped by a key that is newer than
	// those at hand, or by one that is gone in the moment after.
	for try := 1; ; try++ {
		var wrapped string
		err := tx.one(selectDataKey, []any{of.Authority, of.Child}, &wrapped)
		if errors.Is(err, ErrNotFound) {
			return tx.remember(of, dataKey{}), nil
		}
		if err != nil {
			return dataKey{}, err
		}
		key, err := tx.unwrapKey(of, wrapped)
		if !errors.Is(err, seal.ErrUnknownKey) {
			return key, err
		}
		if try == 3 {
			return dataKey{}, fmt.Errorf("%w: the data key of %s/%s was wrapped by a key that is not in the keyring. Restore the keyring from a backup", ErrTampered, of.Authority, of.Child)
		}
		if err := tx.reload(); err != nil {
			return dataKey{}, err
		}
	}
}

func (tx *Tx) unwrapKey(of seal.Owner, wrapped string) (dataKey, error) {
	key, err := tx.ring().OpenDataKey(of, wrapped)
	switch {
	case errors.Is(err, ErrErased):
		return tx.remember(of, dataKey{state: keyDestroyed}), nil
	case err != nil:
		return dataKey{}, err
	}
	return tx.remember(of, dataKey{key, keyThere}), nil
}

func (tx *Tx) remember(of seal.Owner, key dataKey) dataKey {
	if tx.people == nil {
		tx.people = map[seal.Owner]dataKey{}
	}
	tx.people[of] = key
	return key
}

// keyToSeal is the key under which something new is sealed, made where there is none.
func (tx *Tx) keyToSeal(of seal.Owner) (seal.DataKey, error) {
	key, err := tx.dataKey(of)
	if err == nil && key.state == keyMissing {
		key, err = tx.makeDataKey(of)
	}
	if err == nil && key.state == keyDestroyed {
		err = fmt.Errorf("%w: nothing more can be kept of %s/%s", ErrErased, of.Authority, of.Child)
	}
	return key.DataKey, err
}

func (tx *Tx) makeDataKey(of seal.Owner) (dataKey, error) {
	if err := tx.latestKeys(); err != nil {
		return dataKey{}, err
	}
	key, wrapped, err := tx.ring().NewDataKey(of)
	if err != nil {
		return dataKey{}, err
	}
	err = tx.execOne(insertDataKey, of.Authority, of.Child, wrapped, tx.ring().Primary())
	if errors.Is(err, ErrNotFound) { // somebody else made one in this moment
		delete(tx.people, of)
		return tx.dataKey(of)
	}
	if err != nil {
		return dataKey{}, err
	}
	return tx.remember(of, dataKey{key, keyThere}), nil
}

// latestKeys makes sure that what is wrapped now is wrapped by the key that wraps now.
func (tx *Tx) latestKeys() error {
	row, err := tx.keptKeyring()
	if err != nil || row.generation == tx.ring().generation {
		return err
	}
	return tx.reload()
}

// fewOwners is up to how many owners' keys are read one by one rather than all at once.
const fewOwners = 40

// loadKeys reads the keys of several owners of one authority.
func (tx *Tx) loadKeys(authority string, children []string) (err error) {
	missing := map[string]bool{}
	for _, c := range children {
		if _, ok := tx.people[childOf(authority, c)]; !ok {
			missing[c] = true
		}
	}
	if len(missing) <= fewOwners {
		return nil // each is read when it is asked for
	}
	type row struct{ child, wrapped string }
	rows, err := all(tx, dataKeysOf, []any{authority}, func(s scanner) (r row, err error) {
		err = s.Scan(&r.child, &r.wrapped)
		return r, err
	})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if !missing[r.child] {
			continue
		}
		delete(missing, r.child)
		_, err := tx.unwrapKey(childOf(authority, r.child), r.wrapped)
		if err != nil && !errors.Is(err, seal.ErrUnknownKey) { // that one is read by itself
			return err
		}
	}
	for c := range missing {
		tx.remember(childOf(authority, c), dataKey{})
	}
	return nil
}

// keysToSeal reads and makes the keys of many children, for sealReady. The authority
// must be locked.
func (tx *Tx) keysToSeal(authority string, children []string) error {
	if tx.dry {
		return nil
	}
	if err := tx.loadKeys(authority, children); err != nil {
		return err
	}
	var fresh [][]any
	for _, c := range children {
		of := childOf(authority, c)
		key, err := tx.dataKey(of)
		if err != nil {
			return err
		}
		if key.state != keyMissing {
			continue
		}
		if len(fresh) == 0 {
			if err := tx.latestKeys(); err != nil {
				return err
			}
		}
		made, wrapped, err := tx.ring().NewDataKey(of)
		if err != nil {
			return err
		}
		tx.remember(of, dataKey{made, keyThere})
		fresh = append(fresh, []any{authority, c, wrapped, tx.ring().Primary()})
	}
	columns := []string{"authority", "child_id", "wrapped", "key_id"}
	return tx.bulk("data_key", columns, len(fresh), func(i int, put func(...any)) { put(fresh[i]...) })
}

// sealReady seals under a key that keysToSeal has made ready. Of an erased person
// nothing is kept: a file that still speaks of them is taken without it.
func (tx *Tx) sealReady(of seal.Owner, at seal.Place, text string) string {
	if !access.Protected {
		return text
	}
	key := tx.people[of]
	if text == "" || tx.dry || key.state != keyThere {
		return ""
	}
	return key.Seal(at, text)
}

// openAll opens what rows of one authority hold, once they are read. whose is the child
// of a row, or empty where the row holds nothing that is sealed.
func openAll[T any](tx *Tx, authority string, list []T, whose func(*T) string, open func(*T) error) ([]T, error) {
	children := make([]string, 0, len(list))
	for i := range list {
		if c := whose(&list[i]); c != "" {
			children = append(children, c)
		}
	}
	if err := tx.loadKeys(authority, children); err != nil {
		return nil, err
	}
	for i := range list {
		if err := open(&list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// DestroyPersonKey erases a person: what was sealed of them can be read by nobody any
// more, and nothing more can be sealed. The authority must be locked. On disk the key
// is gone once Scrub has run.
func (tx *Tx) DestroyPersonKey(authority, childID string) error {
	if childID == "" {
		return fmt.Errorf("%w: the key of an authority is not a person's", ErrInvalid)
	}
	if err := tx.exec(destroyDataKey, authority, childID); err != nil {
		return err
	}
	tx.remember(childOf(authority, childID), dataKey{state: keyDestroyed})
	return tx.exec(dropNamesOf, authority, childID)
}

// PersonErased tells whether a person's key was destroyed: then what is read of them
// is empty.
func (tx *Tx) PersonErased(authority, childID string) (bool, error) {
	key, err := tx.dataKey(childOf(authority, childID))
	return key.state == keyDestroyed, err
}
