package service

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stablefutures/internal/access"
	"stablefutures/internal/locale"
	"stablefutures/internal/store"
)

// Bounds of what an authority sets for the young people's pages.
const (
	mostMinutes  = 60
	mostDays     = 60
	MostNumbers  = 6
	longestName  = 60 // characters of what a number is called
	longestLeave = 200
)

// numberKeys are the texts of the pages that say what a number is for, with the number
// that stands there where an authority sets nothing.
var numberKeys = []struct{ key, number string }{
	{"number.emergency", "999"}, {"number.childline", "0800 1111"}, {"number.helpline", "08000 121 700"},
}

// defaultOwnSetting is what holds where an authority set nothing.
func defaultOwnSetting() store.OwnSetting {
	s := store.OwnSetting{Minutes: 5, Days: 7}
	for _, n := range numberKeys {
		s.Numbers = append(s.Numbers, store.OwnNumber{Name: englishOf(n.key), Number: n.number, Key: n.key})
	}
	return s
}

// englishOf is a text of the young people's pages as staff read it.
func englishOf(key string) string {
	w, _ := locale.Of(locale.SourceTag)
	return w.Say(key)
}

// ownSetting is what an authority set for the young people's pages, or what holds
// without that.
func (s *Service) ownSetting(tx *store.Tx, authority string) (store.OwnSetting, error) {
	setting, err := tx.OwnSetting(authority)
	if errors.Is(err, store.ErrNotFound) {
		setting, err = defaultOwnSetting(), nil
	}
	if err == nil {
		s.numbers.Store(authority, setting.Numbers)
	}
	return setting, err
}

// NumbersAtHand are the numbers that an authority's young people can call, as they were
// last read: for pages that say that something went wrong. Nothing has to work for it, not
// even the database.
func (s *Service) NumbersAtHand(authority string) []store.OwnNumber {
	if known, ok := s.numbers.Load(authority); ok {
		return known.([]store.OwnNumber)
	}
	return defaultOwnSetting().Numbers
}

// NumbersFor are the numbers for whoever has not come in: of the authority that their
// browser keeps the name of, or of the only one that there is. Where neither is so, they are
// those that hold where nothing is set.
func (s *Service) NumbersFor(ctx context.Context, authority string) []store.OwnNumber {
	numbers := s.NumbersAtHand(authority)
	_ = s.db.Read(ctx, func(tx *store.Tx) error { // where it cannot be read, those at hand hold
		list, err := tx.Authorities()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(a store.Authority) bool { return a.Code == authority || authority == "" && len(list) == 1 })
		if at < 0 {
			return nil
		}
		setting, err := s.ownSetting(tx, list[at].Code)
		if err == nil && len(setting.Numbers) > 0 {
			numbers = setting.Numbers
		}
		return err
	})
	return numbers
}

// LeaveTo is the address to which Leave leads; empty for the program's own closed page.
func (s *Service) LeaveTo(ctx context.Context, authority string) (address string, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		setting, err := s.ownSetting(tx, authority)
		address = setting.LeaveTo
		return err
	})
	return address, known(err)
}

// NewOwnSetting is what an authority sets, as it was typed.
type NewOwnSetting struct {
	Minutes, Days string
	LeaveTo       string
	Numbers       []store.OwnNumber // without keys; where both fields are empty there is none
}

// SetOwnPages keeps what an authority sets for the young people's pages.
func (s *Service) SetOwnPages(ctx context.Context, actor Actor, n NewOwnSetting) error {
	setting, wrong := n.read()
	if len(wrong) > 0 {
		return wrong
	}
	setting.ChangedBy = actor.Account
	return s.change(ctx, actor, access.KeepOwnPages, func(tx *store.Tx, _ access.Scope) error {
		if err := tx.SetOwnSetting(actor.Authority, setting); err != nil {
			return err
		}
		return s.audit(tx, actor, "set young people's pages", "authority", actor.Authority, "")
	})
}

// read checks what was typed, field by field.
func (n NewOwnSetting) read() (setting store.OwnSetting, wrong Invalid) {
	var err error
	if setting.Minutes, err = strconv.Atoi(strings.TrimSpace(n.Minutes)); err != nil || setting.Minutes < 1 || setting.Minutes > mostMinutes {
		wrong = append(wrong, FieldError{"minutes", "Enter a whole number of minutes from 1 to 60."})
	}
	if setting.Days, err = strconv.Atoi(strings.TrimSpace(n.Days)); err != nil || setting.Days < 1 || setting.Days > mostDays {
		wrong = append(wrong, FieldError{"days", "Enter a whole number of days from 1 to 60."})
	}
	if setting.LeaveTo = strings.TrimSpace(n.LeaveTo); setting.LeaveTo != "" && !harmless(setting.LeaveTo) {
		wrong = append(wrong, FieldError{"leave-to", "Enter the whole address of a page, such as https://www.bbc.co.uk/weather, or leave this empty."})
	}
	for i, number := range n.Numbers {
		at := "-" + strconv.Itoa(i+1)
		number.Name, number.Number = strings.TrimSpace(number.Name), strings.Join(strings.Fields(number.Number), " ")
		switch {
		case number.Name == "" && number.Number == "":
			continue
		case number.Name == "" || utf8.RuneCountInString(number.Name) > longestName:
			wrong = append(wrong, FieldError{"number-name" + at, "Say in at most 60 characters what the number is for."})
		case !dialled(number.Number):
			wrong = append(wrong, FieldError{"number" + at, "Enter a telephone number: digits and spaces, with + before a country’s code."})
		}
		number.Key = keyOfNumber(number.Name)
		setting.Numbers = append(setting.Numbers, number)
	}
	switch {
	case len(setting.Numbers) == 0:
		wrong = append(wrong, FieldError{"number-name-1", "Enter at least one number: young people are shown it where nobody answers."})
	case len(setting.Numbers) > MostNumbers:
		wrong = append(wrong, FieldError{"number-name-1", "Enter at most six numbers."})
	}
	return setting, wrong
}

// harmless tells whether an address can be led to from a page that is closed.
func harmless(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && len(address) <= longestLeave && !strings.ContainsAny(address, " \t\r\n\";,<>\\")
}

// dialled tells whether a text is a telephone number.
func dialled(number string) bool {
	digits := strings.ReplaceAll(strings.TrimPrefix(number, "+"), " ", "")
	return len(digits) >= 2 && len(digits) <= 15 && strings.Trim(digits, "0123456789") == ""
}

// keyOfNumber is the text of the pages that says the same in every language; empty for a
// name of the authority's own.
func keyOfNumber(name string) string {
	for _, n := range numberKeys {
		if strings.EqualFold(englishOf(n.key), name) {
			return n.key
		}
	}
	return ""
}
