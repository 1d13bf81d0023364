package media

import "encoding/binary"

// ids of elements of a WebM that more than the tables below speak of.
const (
	ebmlHead    = 0x1a45dfa3
	ebmlSegment = 0x18538067
	ebmlVoid    = 0xec
	ebmlDocType = 0x4282
	ebmlTrack   = 0xae
	ebmlType    = 0x83
	ebmlCodec   = 0x86
	ebmlPrivate = 0x63a2
	ebmlCluster = 0x1f43b675
)

// element is what is kept within an element: others by their ids. One without any is
// kept as it is.
type element map[uint32]element

// webmKept are the elements that are needed to play a sound. Tags, attachments, chapters,
// names of programs, titles and dates are none of them: every other element becomes an
// empty one of the same size, because places in the file are counted in bytes.
var webmKept = element{
	ebmlHead: {0x4286: nil, 0x42f7: nil, 0x42f2: nil, 0x42f3: nil, ebmlDocType: nil, 0x4287: nil, 0x4285: nil},
	ebmlSegment: {
		0x1549a966: {0x2ad7b1: nil, 0x4489: nil}, // how time is counted, and how long it is
		0x1654ae6b: {ebmlTrack: {0xd7: nil, 0x73c5: nil, ebmlType: nil, ebmlCodec: nil, ebmlPrivate: nil, 0xb9: nil, 0x88: nil, 0x55aa: nil, 0x9c: nil, 0x23e383: nil,
			0x56aa: nil, 0x56bb: nil, 0xe1: {0xb5: nil, 0x78b5: nil, 0x9f: nil, 0x6264: nil}}},
		ebmlCluster: {0xe7: nil, 0xa7: nil, 0xab: nil, 0xa3: nil, 0xa0: {0xa1: nil, 0x9b: nil, 0xfb: nil, 0x75a2: nil}},
		0x1c53bb6b:  {0xbb: {0xb3: nil, 0xb7: {0xf7: nil, 0xf1: nil, 0xf0: nil, 0xb2: nil, 0x5378: nil}}}, // places
	},
}

// webm is what is found out while a file is cleaned.
type webm struct {
	data           []byte
	sounds, blocks int
	isWebM         bool
}

// cleanWebM cleans a WebM in place, also one whose length was not known when it was
// begun, as browsers record it. One with a picture in it is refused.
func cleanWebM(data []byte) ([]byte, error) {
	w := webm{data: data}
	end, err := w.elements(0, len(data), webmKept, 0, true)
	if err != nil || !w.isWebM || w.sounds == 0 || w.blocks == 0 {
		return nil, ErrKind
	}
	return data[:end], nil
}

// elements cleans those from one place to another. Where the length of what they stand in
// is not known (it is open then, 0 otherwise), they end before one that cannot stand in
// it; what was cut off at the end of the file (last) is left out. It gives where they end.
func (w *webm) elements(from, to int, kept element, open uint32, last bool) (int, error) {
	for at := from; at < to; {
		id, body, size, known := w.head(at, to)
		if ends(open, id) {
			return at, nil
		}
		end := to
		if known {
			end = body + size
		}
		switch inside, ours := kept[id]; {
		case body == 0 || end > to:
			if last && at > from {
				return at, nil
			}
			return at, ErrKind
		case !ours && !known:
			return at, ErrKind
		case !ours:
			void(w.data[at:end])
		case inside == nil && !known:
			return at, ErrKind
		case inside == nil:
			if err := w.note(id, w.data[body:end]); err != nil {
				return at, err
			}
		case !known && id != ebmlSegment && id != ebmlCluster:
			return at, ErrKind
		default:
			var err error
			if end, err = w.elements(body, end, inside, unless(known, id), last && !known && end == to); err != nil {
				return at, err
			}
		}
		if end <= at {
			return at, ErrKind
		}
		at = end
	}
	return to, nil
}

// ends tells an element that ends what is open before it.
func ends(open, id uint32) bool {
	switch open {
	case ebmlCluster:
		return id > 0x10000000 // of the level of clusters, or above it
	case ebmlSegment:
		return id == ebmlHead || id == ebmlSegment
	}
	return false
}

func unless(known bool, id uint32) uint32 {
	if known {
		return 0
	}
	return id
}

// head reads the id and the size of an element; body is 0 where there is none that can be read.
func (w *webm) head(at, to int) (id uint32, body, size int, known bool) {
	width := widthOf(w.data[at])
	if width > 4 || at+width >= to {
		return 0, 0, 0, false
	}
	for _, b := range w.data[at : at+width] {
		id = id<<8 | uint32(b)
	}
	at += width
	width = widthOf(w.data[at])
	if width > 8 || at+width > to {
		return 0, 0, 0, false
	}
	value := uint64(w.data[at]) & (1<<(8-width) - 1)
	for _, b := range w.data[at+1 : at+width] {
		value = value<<8 | uint64(b)
	}
	if value == 1<<(7*width)-1 {
		return id, at + width, 0, false
	}
	return id, at + width, int(min(value, Most+1)), true //nolint:gosec // bounded
}

// widthOf is how many bytes a number takes that begins with this one; 9 for none.
func widthOf(first byte) int {
	width := 1
	for ; width <= 8 && first&0x80 == 0; width++ {
		first <<= 1
	}
	return width
}

// note finds out what sort of file it is.
func (w *webm) note(id uint32, body []byte) error {
	switch id {
	case ebmlDocType:
		w.isWebM = string(body) == "webm"
	case ebmlType:
		if len(body) == 0 || body[len(body)-1] != 2 {
			return ErrKind
		}
		w.sounds++
	case ebmlCodec: // others carry notes of their own with them
		if c := string(body); c != "A_OPUS" && c != "A_PCM/INT/LIT" && c != "A_PCM/FLOAT/IEEE" {
			return ErrKind
		}
	case ebmlPrivate:
		if len(body) < 19 || string(body[:8]) != "OpusHead" || len(body) > 19 && len(body) != 21+int(body[9]) {
			return ErrKind
		}
	case 0xa3, 0xa1:
		w.blocks++
	}
	return nil
}

// void makes an element an empty one of the same size, at least 2 bytes.
func void(whole []byte) {
	clear(whole)
	whole[0] = ebmlVoid
	if rest := len(whole) - 2; rest < 127 {
		whole[1] = 0x80 | byte(rest) //nolint:gosec // below 127
		return
	}
	binary.BigEndian.PutUint64(whole[1:], 1<<56|uint64(len(whole)-9)) //nolint:gosec // at most Most
}
