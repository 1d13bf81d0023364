package media

import (
	"encoding/binary"
	"slices"
)

// Boxes of an MP4 that are kept: those that hold others, and those that are needed to
// play a sound. Every other one (udta, meta, uuid, prft and whatever comes) becomes an
// empty box of the same size, because places in the file are counted in bytes.
var (
	mp4Holds = []string{"moov", "trak", "mdia", "minf", "stbl", "dinf", "edts", "mvex", "moof", "traf", "mfra"}
	mp4Kept  = []string{"ftyp", "styp", "mdat", "smhd", "stts", "ctts", "stsc", "stsz", "stz2", "stco", "co64", "stss", "sgpd", "sbgp", "elst", "mehd", "trex",
		"mfhd", "tfhd", "tfdt", "trun", "sidx", "tfra", "mfro"}
	mp4Codecs   = []string{"mp4a", "alac", "Opus", "samr", "sawb"}
	mp4OfCodecs = []string{"esds", "alac", "dOps", "chan", "btrt", "damr"}
)

// mostDeep is how many boxes may stand within one another.
const mostDeep = 10

// mp4 is what is found out while a file is cleaned.
type mp4 struct{ sounds int }

// cleanMP4 cleans an MP4 in place. A file with anything but sound in it is refused: its
// pictures, or a trail of places, would stay in it.
func cleanMP4(data []byte) ([]byte, error) {
	var m mp4
	if err := m.boxes(data, 0); err != nil {
		return nil, err
	}
	if m.sounds == 0 {
		return nil, ErrKind
	}
	return data, nil
}

// boxes cleans the boxes that a part of the file consists of.
func (m *mp4) boxes(data []byte, deep int) error {
	for len(data) > 0 {
		if len(data) < 8 || deep > mostDeep {
			return ErrKind
		}
		head, size := 8, uint64(binary.BigEndian.Uint32(data))
		switch {
		case size == 1 && len(data) >= 16:
			head, size = 16, binary.BigEndian.Uint64(data[8:])
		case size == 0 && deep == 0:
			size = uint64(len(data)) // to the end of the file
		}
		if size < uint64(head) || size > uint64(len(data)) { //nolint:gosec // 8 or 16
			return ErrKind
		}
		if err := m.box(data[4:8], data[head:size], deep); err != nil {
			return err
		}
		data = data[size:]
	}
	return nil
}

// box cleans one box: name is where its name stands, body what is in it.
func (m *mp4) box(name, body []byte, deep int) error {
	switch n := string(name); {
	case slices.Contains(mp4Holds, n):
		return m.boxes(body, deep+1)
	case slices.Contains(mp4Kept, n):
		return nil
	case n == "mvhd", n == "tkhd", n == "mdhd":
		return withoutTimes(body)
	case n == "hdlr":
		return m.handler(body)
	case n == "stsd":
		return m.codecs(body, deep)
	case n == "dref":
		return sameFile(body)
	}
	copy(name, "free")
	clear(body)
	return nil
}

// withoutTimes takes away when something was made and changed.
func withoutTimes(body []byte) error {
	end := 12
	if len(body) > 0 && body[0] == 1 {
		end = 20
	}
	if len(body) < end {
		return ErrKind
	}
	clear(body[4:end])
	return nil
}

// handler says of what sort a track is, and, behind that, with what it was made.
func (m *mp4) handler(body []byte) error {
	switch {
	case len(body) >= 12 && string(body[4:8]) == "dhlr": // of data, as QuickTime writes it
	case len(body) >= 12 && string(body[8:12]) == "soun":
		m.sounds++
	default:
		return ErrKind
	}
	clear(body[12:])
	return nil
}

// codecs keeps how the sound is written.
func (m *mp4) codecs(body []byte, deep int) error {
	if len(body) < 8 {
		return ErrKind
	}
	for body = body[8:]; len(body) > 0; {
		if len(body) < 8 {
			return ErrKind
		}
		size := uint64(binary.BigEndian.Uint32(body))
		const fixed = 36 // bytes of a sound's entry before the boxes in it
		if size < fixed || size > uint64(len(body)) || !slices.Contains(mp4Codecs, string(body[4:8])) {
			return ErrKind
		}
		entry := body[fixed:size]
		clear(body[18:24]) // revision level and vendor
		if binary.BigEndian.Uint16(body[16:]) == 1 {
			if len(entry) < 16 {
				return ErrKind
			}
			entry = entry[16:] // as QuickTime writes it
		}
		if err := m.ofCodec(entry, deep); err != nil {
			return err
		}
		body = body[size:]
	}
	return nil
}

// ofCodec cleans the boxes within the entry of a codec.
func (m *mp4) ofCodec(entry []byte, deep int) error {
	for len(entry) > 0 {
		if len(entry) < 8 {
			clear(entry) // what ends such a list
			return nil
		}
		size := uint64(binary.BigEndian.Uint32(entry))
		if size == 0 { // the same
			clear(entry)
			return nil
		}
		if size < 8 || size > uint64(len(entry)) || deep > mostDeep {
			return ErrKind
		}
		switch name, body := entry[4:8], entry[8:size]; {
		case string(name) == "wave":
			if err := m.ofCodec(body, deep+1); err != nil {
				return err
			}
		case (string(name) == "frma" || string(name) == "mp4a") && len(body) <= 4: // which codec it is
		case slices.Contains(mp4OfCodecs, string(name)):
			if string(name) == "damr" && len(body) >= 4 {
				clear(body[:4]) // who made the device
			}
		default:
			copy(name, "free")
			clear(body)
		}
		entry = entry[size:]
	}
	return nil
}

// sameFile takes away names of other files: all is in this one.
func sameFile(body []byte) error {
	if len(body) < 8 {
		return ErrKind
	}
	for body = body[8:]; len(body) > 0; {
		if len(body) < 12 {
			return ErrKind
		}
		size := uint64(binary.BigEndian.Uint32(body))
		if size < 12 || size > uint64(len(body)) {
			return ErrKind
		}
		copy(body[4:8], "url ")
		copy(body[8:12], "\x00\x00\x00\x01")
		clear(body[12:size])
		body = body[size:]
	}
	return nil
}
