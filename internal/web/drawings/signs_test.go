package drawings_test

import (
	"slices"
	"strings"
	"testing"

	"stablefutures/internal/framework"
	"stablefutures/internal/web/drawings"
)

// Whoever does not read tells a question by its picture: each of the working edition has
// one of its own.
func TestEveryQuestionOfTheWorkingEditionHasAPictureOfItsOwn(t *testing.T) {
	shown, used, n := map[string]string{}, map[string]bool{}, 0
	for _, o := range framework.Working().Outcomes() {
		for at, i := range o.Indicators {
			n++
			sign := drawings.SignOf(i.ID)
			if !slices.ContainsFunc(drawings.Signs(), func(s drawings.Sign) bool { return s.Name == sign }) {
				t.Errorf("%s asks for the sign %q, which is not there", i.ID, sign)
			}
			used[sign] = true
			image := string(drawings.ForQuestion(o.Drawing, i.ID, at+1))
			if other := shown[image]; other != "" {
				t.Errorf("%s and %s look the same", other, i.ID)
			}
			shown[image] = i.ID
			if strings.Count(image, "<svg ") != 2 || strings.Count(image, `aria-hidden="true"`) != 2 {
				t.Errorf("%s is not a drawing with a sign: %s", i.ID, image)
			}
		}
	}
	if n != 86 {
		t.Errorf("%d questions were compared", n)
	}
	for _, s := range drawings.Signs() {
		if !used[s.Name] {
			t.Errorf("no question shows %s", s.Name)
		}
	}
}

func TestASignIsSmallNamedAndUnlikeEveryOther(t *testing.T) {
	images, shows := map[string]string{}, map[string]string{}
	signs := drawings.Signs()
	if !slices.IsSortedFunc(signs, func(a, b drawings.Sign) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the signs are not in the order of their names")
	}
	for _, s := range signs {
		if images[string(s.Image)] != "" || shows[s.Shows] != "" {
			t.Errorf("%s is like another sign", s.Name)
		}
		images[string(s.Image)], shows[s.Shows] = s.Name, s.Name
		if len(s.Image) > 300 || len(s.Shows) < 5 || strings.HasSuffix(s.Shows, ".") {
			t.Errorf("%s has %d bytes and shows %q", s.Name, len(s.Image), s.Shows)
		}
		shapes(t, drawings.Drawing{Name: s.Name, Image: "<svg>" + s.Image + "</svg>"})
	}
}

// A question of another edition, of which no sign is known, is told by its place.
func TestAQuestionOfAnotherEditionIsToldByItsPlace(t *testing.T) {
	shown := map[string]bool{}
	for place := 1; place <= 9; place++ {
		shown[string(drawings.ForQuestion("house", "other.1", place))] = true
	}
	if len(shown) != 9 {
		t.Errorf("nine questions of one outcome have %d pictures", len(shown))
	}
	if image := drawings.ForQuestion("", "other.1", 1); strings.Count(string(image), "<svg ") != 1 {
		t.Errorf("an outcome without a drawing shows %s", image)
	}
}
