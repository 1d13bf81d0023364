package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// ErrWithdrawn: the provider answers, and vouches for this person no more.
var ErrWithdrawn = errors.New("the sign-in service vouches for this person no more")

// withdrawals are the answers of a provider by which it is over. Others are about this
// program's own registration, or about the provider's health, and say nothing of anybody.
var withdrawals = []string{"invalid_grant", "access_denied", "interaction_required", "login_required", "consent_required"}

// againPatience is how long a provider may take that is asked while somebody waits for
// a page.
const againPatience = 5 * time.Second

// Again asks the provider whether it still vouches for somebody for whom it gave a
// refresh token: ErrWithdrawn where it does not, and any other error where nothing is
// known. What it gives next time counts from then on: many providers take a token once.
func (p Provider) Again(ctx context.Context, refresh, subject string, now func() time.Time) (Person, error) {
	ctx, stop := context.WithTimeout(ctx, againPatience)
	defer stop()
	found, config, err := p.discover(ctx, "")
	if err != nil {
		return Person{}, err
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: againPatience})
	token, refused, err := refreshed(ctx, config, refresh)
	if refused != nil && slices.Contains(withdrawals, refused.ErrorCode) {
		return Person{}, fmt.Errorf("%w: it answers %s", ErrWithdrawn, refused.ErrorCode)
	}
	if refused != nil && refused.ErrorCode != "" {
		// Not with what it says besides, which may speak of somebody.
		return Person{}, fmt.Errorf("the council's sign-in service refuses this program: it answers %s", refused.ErrorCode)
	}
	if refused != nil && refused.Response != nil {
		return Person{}, fmt.Errorf("the council's sign-in service does not answer: its status is %d", refused.Response.StatusCode)
	}
	if err != nil {
		return Person{}, fmt.Errorf("the council's sign-in service does not answer: %w", err)
	}
	verified, err := p.verified(ctx, found, token, now)
	if err != nil {
		return Person{}, err
	}
	person, err := p.person(verified)
	switch {
	case errors.Is(err, ErrTooManyGroups):
		return person, fmt.Errorf("%w: %w", ErrWithdrawn, err) // as at a sign-in
	case err != nil:
		return person, err
	case person.Subject != subject:
		return person, fmt.Errorf("%w: it speaks of somebody else", ErrWithdrawn)
	}
	person.Refresh = token.RefreshToken // the one of before where it gave no other
	return person, nil
}

// refreshed asks with the client's secret in one of the two places where providers want
// it. Only where the provider does not know the client there is the other tried: a
// second answer would hide what the first says of the person.
func refreshed(ctx context.Context, config oauth2.Config, refresh string) (token *oauth2.Token, refused *oauth2.RetrieveError, err error) {
	for _, style := range []oauth2.AuthStyle{oauth2.AuthStyleInHeader, oauth2.AuthStyleInParams} {
		config.Endpoint.AuthStyle = style
		token, err = config.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
		if refused = nil; !errors.As(err, &refused) || refused.ErrorCode != "invalid_client" && refused.Response.StatusCode != http.StatusUnauthorized {
			break
		}
	}
	return token, refused, err
}
