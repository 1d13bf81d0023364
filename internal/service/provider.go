package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"stablefutures/internal/access"
	"stablefutures/internal/signin"
	"stablefutures/internal/store"
)

// ErrNoGroup: the council's sign-in service knows the person, and none of their
// groups gives them a role here.
var ErrNoGroup = errors.New("no group gives this person a role here")

// SetProvider gives the actor's council a sign-in service, in place of the one it had.
func (s *Service) SetProvider(ctx context.Context, actor Actor, p store.Provider) error {
	var wrong Invalid
	if err := signin.CheckProvider(p.Issuer); err != nil {
		wrong = append(wrong, FieldError{"issuer", err.Error()})
	}
	if p.Client == "" || len(p.Secret) == 0 || p.Claim == "" || p.Label == "" {
		wrong = append(wrong, FieldError{"client", "Say by which client id, with which secret, in which claim and under which label."})
	}
	if len(p.Groups) == 0 {
		wrong = append(wrong, FieldError{"group", "Name at least one group and the role that it gives, as GROUP=ROLE."})
	}
	for _, g := range p.Groups {
		if g.Name == "" || !slices.Contains(access.Roles, g.Role) {
			wrong = append(wrong, FieldError{"group", "A group cannot give the role " + string(g.Role) + "."})
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.PutProvider(actor.Authority, p); err != nil {
			return err
		}
		return s.audit(tx, actor, "set sign-in service", "authority", actor.Authority, "")
	})
}

// RemoveProvider takes the sign-in service of the actor's council away. Those for whom
// it vouched are signed out.
func (s *Service) RemoveProvider(ctx context.Context, actor Actor) error {
	return s.change(ctx, actor, access.ManageAccounts, func(tx *store.Tx, _ access.Scope) error {
		if _, err := tx.Provider(actor.Authority); err != nil {
			return err
		}
		if err := tx.RemoveProvider(actor.Authority); err != nil {
			return err
		}
		return s.audit(tx, actor, "remove sign-in service", "authority", actor.Authority, "")
	})
}

// ProviderLabel is what people call the sign-in service of a council; empty where it
// has none.
func (s *Service) ProviderLabel(ctx context.Context, authority string) (string, error) {
	p, err := s.provider(ctx, authority)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return p.Label, err
}

func (s *Service) provider(ctx context.Context, authority string) (p store.Provider, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		p, err = tx.Provider(authority)
		return err
	})
	return p, known(err)
}

func reached(p store.Provider) signin.Provider {
	return signin.Provider{Issuer: p.Issuer, Client: p.Client, Secret: string(p.Secret), Claim: p.Claim}
}

// BeginProvider begins to sign somebody in at their council's sign-in service, or asks
// it to prove once more who sits there, where actor is somebody. It gives the address to
// go to, and an id that the browser keeps until it comes back.
func (s *Service) BeginProvider(ctx context.Context, authority, back string, actor Actor, from Visitor) (address, id string, err error) {
	try := s.ask(from)
	if actor.Account != "" {
		try = askOf(actor)
	}
	if err := s.tries.begin(try, s.clock()); err != nil {
		return "", "", err
	}
	p, err := s.provider(ctx, authority)
	if err != nil {
		return "", "", err
	}
	address, exchange, err := reached(p).Begin(ctx, back, actor.Account != "")
	if err != nil {
		return "", "", err
	}
	id = s.ids.Token()
	s.pending.put(id, begun{at: s.clock(), exchange: exchange, authority: authority, account: actor.Account})
	return address, id, nil
}

// vouched is whom the sign-in service vouches for, and for what it was asked.
func (s *Service) vouched(ctx context.Context, id, state, code string) (begun, store.Provider, signin.Person, error) {
	b, ok := s.pending.take(id, s.clock())
	if !ok {
		return begun{}, store.Provider{}, signin.Person{}, signin.ErrProof
	}
	p, err := s.provider(ctx, b.authority)
	if err != nil {
		return b, p, signin.Person{}, err
	}
	person, err := reached(p).Finish(ctx, b.exchange, state, code, s.clock)
	return b, p, person, err
}

// SignInWithProvider begins a session for whom the council's sign-in service vouches.
// The first of their groups that has a role here gives it to them, at every sign-in
// anew: who is in no such group any more is out.
func (s *Service) SignInWithProvider(ctx context.Context, id, state, code string, from Visitor) (SignedIn, error) {
	b, p, person, err := s.vouched(ctx, id, state, code)
	switch {
	case errors.Is(err, signin.ErrProof), err == nil && b.account != "":
		return SignedIn{}, errors.Join(s.noteFailure(ctx, b.authority, store.Account{}), err)
	case err != nil:
		return SignedIn{}, err
	}
	role := roleIn(p, person)
	var in SignedIn
	err = s.db.Change(ctx, b.authority, func(tx *store.Tx) error {
		account, err := s.signedInAs(tx, b.authority, p, person, role)
		if err != nil {
			return err
		}
		in = SignedIn{Token: s.ids.Token(), Device: s.deviceOf(account), Actor: actorOf(account)}
		session := store.Session{Hash: tokenHash(in.Token), Account: account.ID, Way: string(byProvider), Whole: true, Browser: from.Browser,
			Refresh: person.Refresh, VouchedAt: tx.Now}
		if err := tx.DropRefresh(b.authority, account.ID, tx.Now.Add(-SessionAbsolute)); err != nil {
			return err
		}
		if !person.At.After(tx.Now) {
			session.SteppedUpAt = person.At // as the service says it; it may have been this morning
		}
		in.Actor.Fresh = tx.Now.Sub(session.SteppedUpAt) <= FreshFor
		if err := tx.AddSession(b.authority, session); err != nil {
			return err
		}
		return s.audit(tx, in.Actor, "sign in", "account", account.ID, string(byProvider))
	})
	if errors.Is(err, ErrNoGroup) {
		return SignedIn{}, errors.Join(err, s.shutOut(ctx, b.authority, p, person))
	}
	return in, known(err)
}

// roleIn is the role that the person's groups give them; empty for none.
func roleIn(p store.Provider, person signin.Person) access.Role {
	for _, g := range p.Groups {
		if slices.Contains(person.Groups, g.Name) && slices.Contains(access.Roles, g.Role) {
			return g.Role
		}
	}
	return ""
}

// signedInAs is vouchedAccount for somebody who signs in: that they stay who they were is
// in the log then, and not each time that the service is asked again.
func (s *Service) signedInAs(tx *store.Tx, authority string, p store.Provider, person signin.Person, role access.Role) (store.Account, error) {
	account, err := s.vouchedAccount(tx, authority, p, person, role)
	if err != nil || account.Role == role {
		return account, err
	}
	return account, s.audit(tx, Actor{Authority: authority}, "last administrator kept", "account", account.ID, string(role))
}

// vouchedAccount is the account of a person for whom the service vouches, made where
// it is their first time. It is never one that somebody made here under the same name:
// the service's own id tells who they are.
func (s *Service) vouchedAccount(tx *store.Tx, authority string, p store.Provider, person signin.Person, role access.Role) (store.Account, error) {
	account, err := tx.AccountOf(authority, p.Issuer, person.Subject)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return account, err
	}
	if role == "" {
		return account, ErrNoGroup
	}
	if err != nil {
		return s.newVouched(tx, authority, p, person, role)
	}
	if !account.InUse() {
		return account, ErrSignIn
	}
	if account.Role == role {
		return account, nil
	}
	var last Invalid
	switch err := s.keepAnAdministrator(tx, account, role); {
	case errors.As(err, &last):
		// A group that was changed takes no last administrator away: nobody but the operator
		// could make another. They are who they were until there is one.
		return account, nil
	case err != nil:
		return account, err
	}
	if account.Role == access.Manager {
		if err := s.noteLost(tx, account); err != nil {
			return account, err
		}
	}
	account.Role = role
	if err := tx.ChangeAccount(authority, account.ID, account.Name, role); err != nil {
		return account, err
	}
	if account.Team == "" {
		if err := notPlaced(tx, &account); err != nil {
			return account, err
		}
	}
	if err := tx.EndSessions(authority, account.ID); err != nil {
		return account, err
	}
	return account, s.audit(tx, Actor{Authority: authority}, "change account", "account", account.ID, string(role))
}

func (s *Service) newVouched(tx *store.Tx, authority string, p store.Provider, person signin.Person, role access.Role) (store.Account, error) {
	account := store.Account{Authority: authority, ID: s.ids.New(), Username: usernameFrom(person.Username), Name: person.Name,
		Role: role, Issuer: p.Issuer, Subject: person.Subject}
	_, err := tx.AccountNamed(authority, account.Username)
	if taken := err == nil; taken || len(account.Username) < 3 {
		account.Username = strings.TrimLeft(account.Username[:min(len(account.Username), maxUsername-9)]+"-"+account.ID[:8], "-")
	} else if !errors.Is(err, store.ErrNotFound) {
		return account, err
	}
	if account.Name = strings.ToValidUTF8(account.Name[:min(len(account.Name), 200)], ""); account.Name == "" {
		account.Name = account.Username
	}
	if err := tx.AddAccount(account); err != nil {
		return account, err
	}
	if err := notPlaced(tx, &account); err != nil {
		return account, err
	}
	return account, s.audit(tx, Actor{Authority: authority}, "add account", "account", account.ID, string(role))
}

// notPlaced keeps a group of the council's sign-in service from making somebody answer
// for all young people: a manager whom it makes reaches those of a team, or all, once an
// administrator has put them into that team, or into none.
func notPlaced(tx *store.Tx, account *store.Account) error {
	if account.Role != access.Manager {
		return nil
	}
	account.Team = access.NotPlaced
	return tx.Place(account.Authority, account.ID, account.Team, account.Agency, account.Section)
}

// usernameFrom is a name as usernames are written.
func usernameFrom(name string) string {
	name = strings.Map(func(r rune) rune {
		if notInUsername(r) {
			return '-'
		}
		return r
	}, strings.ToLower(name))
	return name[:min(len(name), maxUsername)]
}

// shutOut ends what is left of somebody whose groups give them no role any more.
func (s *Service) shutOut(ctx context.Context, authority string, p store.Provider, person signin.Person) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.AccountOf(authority, p.Issuer, person.Subject)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if account.Role == access.Manager {
			if err := s.noteLost(tx, account); err != nil {
				return err
			}
		}
		if err := tx.EndSessions(authority, account.ID); err != nil {
			return err
		}
		return s.audit(tx, Actor{Authority: authority}, "sign in refused", "account", account.ID, "no group")
	})
}

// ConfirmWithProvider takes the word of the council's sign-in service that somebody
// proved there, within FreshFor, who they are. It gives the session's new token.
func (s *Service) ConfirmWithProvider(ctx context.Context, actor Actor, token, id, state, code string) (string, error) {
	b, p, person, err := s.vouched(ctx, id, state, code)
	if err != nil && !errors.Is(err, signin.ErrProof) {
		return "", err
	}
	account, read := s.accountOf(ctx, actor)
	if read != nil {
		return "", read
	}
	recent := !person.At.IsZero() && s.clock().Sub(person.At) <= FreshFor
	same := person.Subject != "" && account.Subject == person.Subject && account.Issuer == p.Issuer
	if err != nil || b.account != actor.Account || b.authority != actor.Authority || !same || !recent {
		return "", errors.Join(ErrProof, s.noteRefused(ctx, actor, "confirm refused"))
	}
	session := store.Session{Hash: tokenHash(token), Account: account.ID}
	if err := s.vouchAgain(ctx, actor.Authority, p, session, person); err != nil {
		return "", errors.Join(ErrProof, err) // their groups give them another role now, or none
	}
	return s.stepUp(ctx, actor, token, func(*store.Tx) error { return nil })
}
