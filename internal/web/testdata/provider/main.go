// Command provider is a small OpenID Connect provider, for tests: a process of its own,
// with real keys, that holds clients to the rules (a registered address, the secret,
// PKCE, a code that is good once). It signs in whom a test names, without asking, and
// can be told to misbehave.
//
// It is no provider for anybody: it has no accounts and no passwords.
package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// told is what a test says: whom to sign in, and how to misbehave.
type told struct {
	Claims map[string]any `json:"claims"`
	Now    int64          `json:"now"`
	Trick  string         `json:"trick"`
}

type grant struct {
	challenge, nonce, back string
	again, offline         bool
}

// line is one sign-in, and the refresh token that counts in it. A token counts once: one
// that is used again was stolen, and ends the whole line.
type line struct{ now string }

type provider struct {
	issuer, client, secret, back string
	key, unknown                 *rsa.PrivateKey

	mu     sync.Mutex
	told   told
	grants map[string]grant
	lines  map[string]*line // by each refresh token that was given in it
}

func main() {
	client, secret, back := flag.String("client", "", ""), flag.String("secret", "", ""), flag.String("back", "", "")
	flag.Parse()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	p := &provider{issuer: "http://" + listener.Addr().String(), client: *client, secret: *secret, back: *back, grants: map[string]grant{}, lines: map[string]*line{}}
	for _, key := range []**rsa.PrivateKey{&p.key, &p.unknown} {
		if *key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			log.Fatal(err)
		}
	}
	http.HandleFunc("GET /.well-known/openid-configuration", p.describe)
	http.HandleFunc("GET /keys", p.keys)
	http.HandleFunc("GET /authorize", p.authorize)
	http.HandleFunc("POST /token", p.token)
	http.HandleFunc("POST /told", p.tell)
	fmt.Println(p.issuer)
	log.Fatal(http.Serve(listener, nil))
}

func (p *provider) tell(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = told{}
	if err := json.NewDecoder(r.Body).Decode(&p.told); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print(err)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	answer(w, map[string]string{"error": code})
}

func (p *provider) describe(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"issuer": p.issuer, "authorization_endpoint": p.issuer + "/authorize", "token_endpoint": p.issuer + "/token", "jwks_uri": p.issuer + "/keys",
		"response_types_supported": []string{"code"}, "scopes_supported": []string{"openid", "profile", "offline_access"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"}})
}

var base64url = base64.RawURLEncoding

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{"keys": []map[string]string{{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one",
		"n": base64url.EncodeToString(p.key.N.Bytes()), "e": base64url.EncodeToString(big.NewInt(int64(p.key.E)).Bytes())}}})
}

func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != p.client || q.Get("redirect_uri") != p.back || q.Get("response_type") != "code" ||
		q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("state") == "" || q.Get("nonce") == "" {
		http.Error(w, "invalid_request", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code := rand.Text()
	p.grants[code] = grant{q.Get("code_challenge"), q.Get("nonce"), q.Get("redirect_uri"), q.Get("prompt") == "login" && q.Get("max_age") == "0", slices.Contains(strings.Fields(q.Get("scope")), "offline_access")}
	http.Redirect(w, r, p.back+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusFound)
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	client, secret, _ := r.BasicAuth()
	secret, err := url.QueryUnescape(secret) // RFC 6749, 2.3.1
	if err != nil {
		http.Error(w, "invalid_client", http.StatusUnauthorized)
		return
	}
	if client != p.client || secret != p.secret || p.told.Trick == "unknown client" {
		refuse(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	if r.PostFormValue("grant_type") == "refresh_token" {
		p.refresh(w, r.PostFormValue("refresh_token"))
		return
	}
	g, known := p.grants[r.PostFormValue("code")]
	delete(p.grants, r.PostFormValue("code"))
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !known || base64url.EncodeToString(sum[:]) != g.challenge || r.PostFormValue("redirect_uri") != g.back {
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	reply := map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 300}
	if p.told.Trick != "no id token" {
		reply["id_token"] = p.idToken(g)
	}
	if g.offline && p.told.Trick != "no refresh token" {
		reply["refresh_token"] = p.next(&line{})
	}
	answer(w, reply)
}

func (p *provider) next(l *line) string {
	l.now = rand.Text()
	p.lines[l.now] = l
	return l.now
}

// refresh answers a client that asks again about somebody who signed in before.
func (p *provider) refresh(w http.ResponseWriter, token string) {
	l := p.lines[token]
	switch {
	case p.told.Trick == "silent":
		http.Error(w, "out of order", http.StatusServiceUnavailable)
		return
	case l == nil || l.now != token || p.told.Trick == "removed":
		if l != nil {
			l.now = ""
		}
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	reply := map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 300, "refresh_token": p.next(l)}
	if p.told.Trick != "no id token" {
		reply["id_token"] = p.idToken(grant{})
	}
	answer(w, reply)
}

// idToken says who signed in, truly or as the test told.
func (p *provider) idToken(g grant) string {
	now := time.Unix(p.told.Now, 0)
	claims := map[string]any{"iss": p.issuer, "aud": p.client, "nonce": g.nonce, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "auth_time": now.Add(-time.Hour).Unix()}
	if g.again {
		claims["auth_time"] = now.Unix()
	}
	for name, value := range p.told.Claims {
		claims[name] = value
	}
	key, header := p.key, map[string]string{"alg": "RS256", "kid": "one", "typ": "JWT"}
	switch p.told.Trick {
	case "wrong nonce":
		claims["nonce"] = "another"
	case "no nonce":
		delete(claims, "nonce")
	case "wrong audience":
		claims["aud"] = "somebody-else"
	case "wrong issuer":
		claims["iss"] = "http://elsewhere.example"
	case "expired":
		claims["exp"] = now.Add(-time.Minute).Unix()
	case "unknown key":
		key = p.unknown
	case "unknown key id":
		key, header["kid"] = p.unknown, "two"
	case "old proof":
		claims["auth_time"] = now.Add(-time.Hour).Unix()
	case "no time of proof":
		delete(claims, "auth_time")
	case "unsigned":
		header["alg"] = "none"
		return part(header) + "." + part(claims) + "."
	case "nobody":
		delete(claims, "sub")
	}
	signed := part(header) + "." + part(claims)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		log.Fatal(err)
	}
	return signed + "." + base64url.EncodeToString(signature)
}

func part(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		log.Fatal(err)
	}
	return base64url.EncodeToString(text)
}
