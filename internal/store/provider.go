package store

import (
	"stablefutures/internal/access"
	"stablefutures/internal/seal"
)

// Provider is the sign-in service of an authority.
type Provider struct {
	Issuer, Client string
	Secret         []byte
	Claim          string // in which it lists somebody's groups
	Label          string // what people call it
	Groups         []ProviderGroup
}

// ProviderGroup gives the members of a group a role.
type ProviderGroup struct {
	Name string
	Role access.Role
}

var (
	selectProvider = statement(`select issuer, client, secret, claim, label from provider where authority = $1`)
	listGroups     = statement(`select group_name, role from provider_group where authority = $1 order by place`)
	deleteProvider = statement(`delete from provider where authority = $1`)
	deleteGroups   = statement(`delete from provider_group where authority = $1`)
	insertProvider = statement(`insert into provider (authority, issuer, client, secret, claim, label, created_at) values ($1, $2, $3, $4, $5, $6, $7)`)
	insertGroup    = statement(`insert into provider_group (authority, place, group_name, role) values ($1, $2, $3, $4)`)
	endVouchedFor  = statement(`update session set ended_at = $2, refresh = '' where authority = $1 and way = 'provider' and ended_at is null`)
)

// Provider is the sign-in service of an authority; ErrNotFound where it has none.
func (tx *Tx) Provider(authority string) (Provider, error) {
	var p Provider
	var sealed string
	err := tx.one(selectProvider, []any{authority}, &p.Issuer, &p.Client, &sealed, &p.Claim, &p.Label)
	if err != nil {
		return p, err
	}
	if p.Secret, err = tx.openSecret(ownOf(authority), providerPlace(authority), sealed); err != nil {
		return p, err
	}
	p.Groups, err = all(tx, listGroups, []any{authority}, func(row scanner) (g ProviderGroup, err error) {
		err = row.Scan(&g.Name, &g.Role)
		return g, err
	})
	return p, err
}

// PutProvider gives an authority a sign-in service, in place of the one that it had.
func (tx *Tx) PutProvider(authority string, p Provider) error {
	if err := tx.RemoveProvider(authority); err != nil {
		return err
	}
	sealed, err := tx.sealSecret(ownOf(authority), providerPlace(authority), p.Secret)
	if err != nil {
		return err
	}
	if err := tx.exec(insertProvider, authority, p.Issuer, p.Client, sealed, p.Claim, p.Label, instant(tx.Now)); err != nil {
		return err
	}
	for place, g := range p.Groups {
		if err := tx.exec(insertGroup, authority, place, g.Name, string(g.Role)); err != nil {
			return err
		}
	}
	return nil
}

// RemoveProvider takes the sign-in service of an authority away, and ends the
// sessions for which it vouched.
func (tx *Tx) RemoveProvider(authority string) error {
	if err := tx.exec(endVouchedFor, authority, instant(tx.Now)); err != nil {
		return err
	}
	if err := tx.exec(deleteGroups, authority); err != nil {
		return err
	}
	return tx.exec(deleteProvider, authority)
}

func providerPlace(authority string) seal.Place {
	return place(authority, "provider", "secret", authority)
}
