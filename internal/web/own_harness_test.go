package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stablefutures/internal/access"
	"stablefutures/internal/service"
)

// ownCode is a code for a record's own page, given by its worker.
func (s *site) ownCode(t testing.TB, record string) string {
	t.Helper()
	return s.ownCodeOf(t, access.Worker, record)
}

func (s *site) ownCodeOf(t testing.TB, giver access.Role, record string) string {
	t.Helper()
	in, err := s.GiveOwnCode(t.Context(), s.actors[giver], record, false)
	if err != nil {
		t.Fatal(err)
	}
	return in.Code
}

// come is the cookie of a young person who came in with a code and chose a language.
func (s *site) come(t testing.TB, record, language string) *http.Cookie {
	t.Helper()
	return s.comeWith(t, s.ownCode(t, record), language)
}

func (s *site) comeWith(t testing.TB, code, language string) *http.Cookie {
	t.Helper()
	token, y, err := s.OpenOwnPage(t.Context(), code, service.Visitor{Address: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	if y, err = s.OwnSession(t.Context(), "999", token); err != nil {
		t.Fatal(err)
	}
	if err := s.ChooseOwn(t.Context(), y, language, false); err != nil {
		t.Fatal(err)
	}
	return &http.Cookie{Name: "p", Value: "999." + token}
}

// remembers lets a phone be remembered with four pictures, and gives its id.
func (s *site) remembers(t testing.TB, y service.Young) string {
	t.Helper()
	pictures := []int{1, 2, 3, 4}
	if err := s.ChooseOwnPictures(y, pictures); err != nil {
		t.Fatal(err)
	}
	if _, err := s.RememberPictures(t.Context(), y, pictures, ""); err != nil {
		t.Fatal(err)
	}
	list, err := s.OwnDevices(t.Context(), y)
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	return list[0].ID
}

// youngOf is who holds the cookie of a session.
func (s *site) youngOf(t testing.TB, cookie *http.Cookie) service.Young {
	t.Helper()
	_, token, _ := strings.Cut(cookie.Value, ".")
	y, err := s.OwnSession(t.Context(), "999", token)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// choosePictures asks for more pictures and fewer words, as the button does.
func (s *site) choosePictures(t testing.TB, cookie *http.Cookie) {
	t.Helper()
	s.sends(t, cookie, "/me/choices/pictures", url.Values{"pictures": {"yes"}})
}

// say sends an answer as the page of one question does.
func (s *site) say(t testing.TB, cookie *http.Cookie, indicator, answer, who, words string) page {
	t.Helper()
	return s.ask(t, http.MethodPost, "/me/about/"+indicator, url.Values{"id": {s.NewID()}, "answer": {answer}, "who": {who}, "words": {words}}, cookie)
}
