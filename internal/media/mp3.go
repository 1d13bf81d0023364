package media

import (
	"bytes"
	"encoding/binary"
)

// cleanMP3 keeps the frames of sound and nothing between, before or behind them: tags of
// every kind (ID3, APE, Lyrics3) are none. The first frame, where it holds no sound but
// tells with what it was made, is left out; names of programs in the filling of frames
// are made empty.
func cleanMP3(data []byte) ([]byte, error) {
	out := make([]byte, 0, len(data))
	frames, kind := 0, uint32(0)
	at := pastID3(data)
	for at+4 <= len(data) {
		size, sort := frameAt(data, at)
		if size == 0 || kind != 0 && sort != kind || !goesOn(data, at+size, sort) {
			at = pastID3From(data, at)
			continue
		}
		kind = sort
		if frame := data[at : at+size]; frames > 0 || !tellsTheMaker(frame) {
			out = append(out, frame...)
			frames++
		}
		at += size
	}
	if frames < 2 {
		return nil, ErrKind
	}
	emptyNames(out)
	return out, nil
}

// goesOn tells whether a frame that ends at a place is one: it ends with the file, or
// another of its kind or a tag follows. Words that only look like a frame do not.
func goesOn(data []byte, at int, kind uint32) bool {
	if at >= len(data) {
		return at == len(data)
	}
	rest := data[at:]
	for _, tag := range []string{"TAG", "ID3", "APETAGEX", "LYRICSBEGIN"} {
		if bytes.HasPrefix(rest, []byte(tag)) {
			return true
		}
	}
	size, sort := frameAt(data, at)
	return size > 0 && sort == kind
}

// pastID3 is the place behind the tags that a file begins with.
func pastID3(data []byte) int {
	at := 0
	for at+10 <= len(data) && string(data[at:at+3]) == "ID3" {
		at = pastID3From(data, at)
	}
	return at
}

// pastID3From is where to look on: behind a tag where one stands, or one byte on.
func pastID3From(data []byte, at int) int {
	if at+10 > len(data) || string(data[at:at+3]) != "ID3" {
		return at + 1
	}
	size := 10
	for i, shift := range []int{21, 14, 7, 0} {
		size += int(data[at+6+i]&0x7f) << shift
	}
	return min(at+size, len(data))
}

var (
	bitrates = map[bool][16]int{ // in 1000 bits a second, for layer III
		true:  {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}, // MPEG 1
		false: {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},     // MPEG 2 and 2.5
	}
	sampleRates = [4]int{44100, 48000, 32000, 0}
)

// frameAt is how long the frame at a place is, with the bits that all frames of one file
// share; 0 where none is there that is whole.
func frameAt(data []byte, at int) (size int, kind uint32) {
	if at+4 > len(data) {
		return 0, 0
	}
	head := binary.BigEndian.Uint32(data[at:])
	version, layer := head>>19&3, head>>17&3
	rate, bits := sampleRates[head>>10&3], bitrates[version == 3][head>>12&15]*1000
	if head>>21 != 0x7ff || version == 1 || layer != 1 || rate == 0 || bits == 0 {
		return 0, 0
	}
	samples := 144
	if version != 3 {
		samples, rate = 72, rate/2
	}
	if version == 0 {
		rate /= 2
	}
	size = samples*bits/rate + int(head>>9&1)
	if at+size > len(data) {
		return 0, 0
	}
	return size, head & 0xfffe0c00
}

// tellsTheMaker tells a frame that holds no sound but how the file was made.
func tellsTheMaker(frame []byte) bool {
	for _, sign := range []string{"Xing", "Info", "VBRI"} {
		if i := bytes.Index(frame[:min(len(frame), 64)], []byte(sign)); i > 0 {
			return true
		}
	}
	return false
}

// emptyNames writes zeros over the names of programs that stand in the filling of frames.
func emptyNames(data []byte) {
	for _, name := range []string{"LAME", "Lavc", "Lavf"} {
		for at := 0; ; {
			i := bytes.Index(data[at:], []byte(name))
			if i < 0 {
				break
			}
			for at += i; at < len(data) && data[at] >= ' ' && data[at] <= '~'; at++ {
				data[at] = 0
			}
		}
	}
}
