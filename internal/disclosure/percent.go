package disclosure

import (
	"math/big"
)

// Percent is Profile.Percent under the default profile.
func Percent(num, den Cell) (string, bool) { return Default().Percent(num, den) }

// Percent is num as a percentage of den, with the decimals of the profile and
// without a sign, and false where none may be given: where one of the two is not
// shown, where the base is under the profile's least, or where num is not a
// part of den. It is worked out from what is shown, so it tells nothing more.
func (p Profile) Percent(num, den Cell) (string, bool) {
	if !num.Shown || !den.Shown || den.Value < max(p.MinBase, 1) || num.Value < 0 || num.Value > den.Value {
		return "", false
	}
	return big.NewRat(int64(num.Value)*100, int64(den.Value)).FloatString(p.Decimals), true
}
