package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"stablefutures/internal/media"
)

var made = []struct {
	name, kind string
	data       []byte
	clean      func([]byte) (media.File, error)
}{
	{"a photograph", "image/jpeg", photo(64, 48, 1), media.Picture}, {"a drawing", "image/png", drawn(64, 48, 1), media.Picture},
	{"a WebM as a browser records it", "audio/webm", webmOf(open, 2), media.Sound}, {"a WebM of known lengths", "audio/webm", webmOf(element, 2), media.Sound},
	{"an MP4", "audio/mp4", mp4Of("soun"), media.Sound}, {"an MP3", "audio/mpeg", mp3Of(), media.Sound}, {"a WAV", "audio/wav", wavOf(), media.Sound},
}

// What was planted is gone, and the sound is not. What was cleaned is clean: a second
// time changes nothing of a sound.
func TestWhatTellsOfThePersonIsGone(t *testing.T) {
	for _, m := range made {
		for _, word := range planted {
			if !bytes.Contains(m.data, []byte(word)) {
				t.Fatalf("%s does not carry %q", m.name, word)
			}
		}
		f, err := m.clean(m.data)
		if err != nil || f.Kind != m.kind {
			t.Errorf("%s: %s, %v", m.name, f.Kind, err)
			continue
		}
		for _, word := range append(planted, "LAME", "TIMETIME", "VEND", "LOCATION") {
			if bytes.Contains(f.Body, []byte(word)) {
				t.Errorf("%s still says %q", m.name, word)
			}
		}
		if strings.HasPrefix(m.kind, "image") {
			continue
		}
		for _, sound := range []string{"SOUND1", "SOUND2", "SOUND3"} {
			if !bytes.Contains(f.Body, []byte(sound)) {
				t.Errorf("%s has lost %s", m.name, sound)
			}
		}
		again, err := m.clean(f.Body)
		if err != nil || !bytes.Equal(again.Body, f.Body) {
			t.Errorf("%s: cleaned again it is another: %v", m.name, err)
		}
	}
}

// Places in a file are counted in bytes: what goes leaves a hole of its size.
func TestPlacesInAFileStay(t *testing.T) {
	for _, data := range [][]byte{webmOf(open, 2), webmOf(element, 2), mp4Of("soun")} {
		f, err := media.Sound(data)
		if err != nil || len(f.Body) != len(data) || bytes.Index(f.Body, []byte("SOUND3")) != bytes.Index(data, []byte("SOUND3")) {
			t.Errorf("%s: %d of %d bytes, %v", f.Kind, len(f.Body), len(data), err)
		}
	}
}

// A picture stands upright by itself, whatever its orientation was.
func TestAPictureStandsUpright(t *testing.T) {
	red, green, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	for orientation, want := range map[uint16][4]color.NRGBA{ // top left, top right, low left, low right
		1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {white, blue, green, red}, 4: {blue, white, red, green},
		5: {red, blue, green, white}, 6: {blue, red, white, green}, 7: {white, green, blue, red}, 8: {green, white, red, blue}, 9: {red, green, blue, white},
	} {
		for _, data := range [][]byte{photo(64, 32, orientation), drawn(64, 32, orientation)} {
			f, err := media.Picture(data)
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := image.Decode(bytes.NewReader(f.Body))
			if err != nil {
				t.Fatal(err)
			}
			b := got.Bounds()
			if turned := orientation >= 5 && orientation <= 8; turned != (b.Dy() > b.Dx()) {
				t.Errorf("orientation %d gives %v", orientation, b)
			}
			for i, at := range []image.Point{{4, 4}, {b.Dx() - 5, 4}, {4, b.Dy() - 5}, {b.Dx() - 5, b.Dy() - 5}} {
				if !near(got.At(at.X, at.Y), want[i]) {
					t.Errorf("%s turned by %d: at %v it is %v, want %v", f.Kind, orientation, at, got.At(at.X, at.Y), want[i])
				}
			}
		}
	}
}

func near(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, bl2, _ := b.RGBA()
	return apart(r, r2) && apart(g, g2) && apart(bl, bl2)
}

func apart(a, b uint32) bool { return max(a, b)-min(a, b) < 0x3000 }

func TestALargePictureIsMadeSmaller(t *testing.T) {
	for _, size := range [][4]int{{3200, 1600, 1600, 800}, {5000, 1, 1600, 1}, {1600, 1600, 1600, 1600}, {10, 4000, 4, 1600}} {
		f, err := media.Picture(photo(size[0], size[1], 1))
		if err != nil {
			t.Fatal(err)
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(f.Body))
		if err != nil || c.Width != size[2] || c.Height != size[3] {
			t.Errorf("%v became %d by %d, %v", size, c.Width, c.Height, err)
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	huge := pngChunk("IHDR", binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 30000), 30000))
	huge = append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(huge[8:16:16], 8, 2, 0, 0, 0))...)
	withTail := append(mp4Of("soun"), box("moov", box("trak", box("mdia", box("hdlr", make([]byte, 8), text("meta"), make([]byte, 12)))))...)
	for _, c := range []struct {
		name  string
		data  []byte
		clean func([]byte) (media.File, error)
		want  error
	}{
		{"nothing", nil, media.Picture, media.ErrEmpty}, {"no sound", nil, media.Sound, media.ErrEmpty},
		{"a picture of too many bytes", make([]byte, media.Most+1), media.Picture, media.ErrBig}, {"a sound of too many bytes", make([]byte, media.Most+1), media.Sound, media.ErrBig},
		{"a picture of too many points", huge, media.Picture, media.ErrBig},
		{"a page", text("<html><script>alert(1)</script>"), media.Picture, media.ErrKind}, {"a drawing of lines", text("<svg xmlns='x'/>"), media.Picture, media.ErrKind},
		{"half a picture", photo(64, 48, 1)[:400], media.Picture, media.ErrKind}, {"a sound as a picture", wavOf(), media.Picture, media.ErrKind}, {"a picture as a sound", photo(64, 48, 1), media.Sound, media.ErrKind},
		{"a film as a WebM", webmOf(open, 1), media.Sound, media.ErrKind}, {"a film as an MP4", mp4Of("vide"), media.Sound, media.ErrKind}, {"a sound with a trail of places", withTail, media.Sound, media.ErrKind},
		{"a page as a sound", text(strings.Repeat("<html>", 400)), media.Sound, media.ErrKind}, {"an MP3 of tags alone", text("ID3\x04\x00\x00\x00\x00\x00\x00"), media.Sound, media.ErrKind},
	} {
		if _, err := c.clean(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// A recording that was cut off keeps what came before.
func TestACutRecordingKeepsItsBeginning(t *testing.T) {
	data := webmOf(open, 2)
	f, err := media.Sound(data[:len(data)-3])
	if err != nil || !bytes.Contains(f.Body, []byte("SOUND2")) {
		t.Errorf("%v", err)
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(photo(32, 24, 6))
	f.Add(drawn(32, 24, 8))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := media.Picture(data)
		if err != nil {
			return
		}
		if again, err := media.Picture(got.Body); err != nil || again.Kind != got.Kind {
			t.Errorf("what was cleaned cannot be opened: %v", err)
		}
	})
}

// What comes of any bytes is no longer than they were and can be cleaned again, to the
// same.
func FuzzSound(f *testing.F) {
	for _, m := range made[2:] {
		f.Add(m.data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := media.Sound(data)
		if err != nil {
			return
		}
		if len(got.Body) > len(data)+1 {
			t.Errorf("%s: %d bytes became %d", got.Kind, len(data), len(got.Body))
		}
		again, err := media.Sound(got.Body)
		if err != nil || !bytes.Equal(again.Body, got.Body) && got.Kind != "audio/mpeg" {
			t.Errorf("%s: cleaned again it is another: %v", got.Kind, err)
		}
	})
}
