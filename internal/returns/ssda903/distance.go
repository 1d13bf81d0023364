package ssda903

// Bands of the distance between home and placement: what can be told of two
// postcodes without a map, and without keeping them.
const (
	bandDistrict  = "same postcode district"
	bandArea      = "same postcode area"
	bandElsewhere = "elsewhere"
)

// distanceBand compares two postcodes; empty where either is no postcode. The
// district is the part before the space (LS1), the area its letters (LS).
func distanceBand(home, placement string) string {
	a, aLetters := outward(home)
	b, bLetters := outward(placement)
	switch {
	case a == "" || b == "":
		return ""
	case same(a, b):
		return bandDistrict
	case same(a[:aLetters], b[:bLetters]):
		return bandArea
	}
	return bandElsewhere
}

// outward is the part of a postcode before the space, or before the last three
// characters where there is no space, and how many letters it begins with. It is
// empty unless the cell has the shape of a postcode.
func outward(postcode string) (code string, letters int) {
	end := len(postcode)
	for i := range len(postcode) {
		if postcode[i] == ' ' {
			end = i
			break
		}
	}
	if end == len(postcode) && end >= 5 {
		end -= 3
	}
	code = postcode[:end]
	for letters < len(code) && isLetter(code[letters]) {
		letters++
	}
	if letters < 1 || letters > 2 || len(code) == letters || len(code) > 4 || !isDigit(code[letters]) {
		return "", 0
	}
	return code, letters
}

func same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i]|0x20 != b[i]|0x20 {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
