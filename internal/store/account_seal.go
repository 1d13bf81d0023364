package store

import (
	"fmt"
	"sync"

	"stablefutures/internal/seal"
)

// Who the staff are is sealed as what is about no child: their names, the names by which
// they sign in, and the ids that a sign-in service has for them. These two are found by
// keyed hashes, which also keep them unique: a rotation changes no hash.

// accountTexts are the sealed columns of an account, sealed or open.
type accountTexts struct{ username, name, subject string }

func accountPlace(authority, id, column string) seal.Place {
	return place(authority, "account", column, id)
}

func (tx *Tx) usernameHash(authority, username string) string {
	return tx.ring().Hasher("username index").Hash(authority, username)
}

// subjectHash is empty where no sign-in service vouches for the person.
func (tx *Tx) subjectHash(authority, issuer, subject string) string {
	if subject == "" {
		return ""
	}
	return tx.ring().Hasher("subject index").Hash(authority, issuer, subject)
}

var setHashes = statement(`update account set username_hash = $3, subject_hash = $4 where authority = $1 and id = $2`)

// indexAccounts has the accounts of an authority found by the hashes of what they hold.
func (tx *Tx) indexAccounts(authority string) error {
	list, err := tx.Accounts(authority)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := tx.exec(setHashes, authority, a.ID, tx.usernameHash(authority, a.Username), tx.subjectHash(authority, a.Issuer, a.Subject)); err != nil {
			return err
		}
	}
	return nil
}

// foundByAnothers is the error for a row that stands under the hash of something else:
// whoever signs in would be taken for somebody else.
func foundByAnothers(a Account, column string) error {
	return fmt.Errorf("%w: account.%s of %s/%s. Compare the row with a backup, and look into who can reach the database", ErrTampered, column, a.Authority, a.ID)
}

func (tx *Tx) sealAccount(a Account) (sealed accountTexts, err error) {
	put := func(into *string, column, text string) {
		if err == nil {
			*into, err = tx.sealText(ownOf(a.Authority), accountPlace(a.Authority, a.ID, column), text)
		}
	}
	put(&sealed.username, "username", a.Username)
	put(&sealed.name, "name", a.Name)
	put(&sealed.subject, "subject", a.Subject)
	return sealed, err
}

// openedAccounts reads accounts and opens them.
func (tx *Tx) openedAccounts(q stmt, args ...any) ([]Account, error) {
	list, err := all(tx, q, args, scanAccount)
	return opened(list, err, tx.openAccount)
}

func (tx *Tx) openAccount(a *Account) (err error) {
	sealed := accountTexts{a.Username, a.Name, a.Subject}
	open, held := tx.db.accounts.get(a, sealed)
	if !held {
		get := func(into *string, column, text string) {
			if err == nil {
				*into, err = tx.openText(ownOf(a.Authority), accountPlace(a.Authority, a.ID, column), text)
			}
		}
		get(&open.username, "username", sealed.username)
		get(&open.name, "name", sealed.name)
		get(&open.subject, "subject", sealed.subject)
		if err != nil {
			return err
		}
		tx.db.accounts.put(a, sealed, open)
	}
	a.Username, a.Name, a.Subject = open.username, open.name, open.subject
	return nil
}

// openAccounts holds accounts that were opened, because each page with a record names the
// people who work there. The sealed columns are read from the database each time, and
// what is held counts only where they are the same to the letter: what was sealed for a
// place says one thing for ever, and is sealed otherwise each time. So a changed name, one
// that was moved from another row and one that was written past the program are not found
// here, and are opened or refused. It holds one entry an account, in the memory of a
// process that has the keys anyway.
type openAccounts struct {
	mu   sync.RWMutex
	held map[accountKey]heldAccount
}

type heldAccount struct{ sealed, open accountTexts }

// accountKey names an account among those of all authorities.
type accountKey struct{ authority, id string }

func (o *openAccounts) get(a *Account, sealed accountTexts) (accountTexts, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	held, ok := o.held[accountKey{a.Authority, a.ID}]
	if !ok || held.sealed != sealed {
		return accountTexts{}, false
	}
	return held.open, true
}

func (o *openAccounts) put(a *Account, sealed, open accountTexts) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.held == nil {
		o.held = map[accountKey]heldAccount{}
	}
	o.held[accountKey{a.Authority, a.ID}] = heldAccount{sealed, open}
}
