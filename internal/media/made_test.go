package media_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
)

// planted are what the made files carry of a person, a place, a time and a device.
var planted = []string{"N51.5007", "Fairphone", "Yusuf", "2026:11:03", "Chrome"}

func plantedText() string { return strings.Join(planted, " ") }

// sketch is a picture whose quarters differ: red, green, blue, white from the top left.
func sketch(width, height int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{255, 0, 0, 255}
			switch right, low := x >= width/2, y >= height/2; {
			case right && low:
				c = color.NRGBA{255, 255, 255, 255}
			case right:
				c = color.NRGBA{0, 255, 0, 255}
			case low:
				c = color.NRGBA{0, 0, 255, 255}
			}
			out.SetNRGBA(x, y, c)
		}
	}
	return out
}

// exif is EXIF data with an orientation, and with what must go.
func exif(orientation uint16, order binary.AppendByteOrder) []byte {
	out := []byte("II*\x00\x08\x00\x00\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		out = []byte("MM\x00*\x00\x00\x00\x08")
	}
	out = order.AppendUint16(out, 1)
	out = order.AppendUint16(order.AppendUint16(out, 0x0112), 3)
	out = order.AppendUint32(out, 1)
	out = append(order.AppendUint16(out, orientation), 0, 0, 0, 0, 0, 0)
	return append(out, plantedText()...)
}

// photo is a JPEG as a telephone makes it.
func photo(width, height int, orientation uint16) []byte {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, sketch(width, height), &jpeg.Options{Quality: 95}); err != nil {
		panic(err)
	}
	body := append([]byte("Exif\x00\x00"), exif(orientation, binary.BigEndian)...)
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = append(binary.BigEndian.AppendUint16(out, uint16(len(body)+2)), body...)
	out = append(out, 0xff, 0xfe)
	out = append(binary.BigEndian.AppendUint16(out, uint16(len(plantedText())+2)), plantedText()...)
	return append(append(out, plain.Bytes()[2:]...), plantedText()...)
}

func pngChunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// drawn is a PNG with texts in it.
func drawn(width, height int, orientation uint16) []byte {
	var plain bytes.Buffer
	if err := png.Encode(&plain, sketch(width, height)); err != nil {
		panic(err)
	}
	const head = 8 + 25
	out := slices.Clone(plain.Bytes()[:head])
	out = append(out, pngChunk("eXIf", exif(orientation, binary.LittleEndian))...)
	out = append(out, pngChunk("tEXt", []byte("Comment\x00"+plantedText()))...)
	return append(append(out, plain.Bytes()[head:]...), plantedText()...)
}

// element is one of a WebM; unknown lengths are written by open.
func element(id uint32, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	out := bytes.TrimLeft(binary.BigEndian.AppendUint32(nil, id), "\x00")
	return append(binary.BigEndian.AppendUint64(out, 1<<56|uint64(len(body))), body...)
}

func open(id uint32, parts ...[]byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, id)
	return append(append(out, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), bytes.Join(parts, nil)...)
}

func text(s string) []byte { return []byte(s) }

// webmOf is a WebM whose segment and clusters are written by wrap.
func webmOf(wrap func(uint32, ...[]byte) []byte, trackType byte) []byte {
	head := element(0x1a45dfa3, element(0x4282, text("webm")), element(0x4287, []byte{4}))
	info := element(0x1549a966, element(0x2ad7b1, []byte{0x0f, 0x42, 0x40}), element(0x4d80, text("Chrome")), element(0x5741, text(plantedText())), element(0x4461, text("2026:11:03")))
	track := element(0xae, element(0xd7, []byte{1}), element(0x73c5, []byte{1}), element(0x83, []byte{trackType}), element(0x86, text("A_OPUS")),
		element(0x63a2, text("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00")), element(0x536e, text("Fairphone")), element(0xe1, element(0x9f, []byte{1})))
	cluster := func(n byte) []byte {
		return wrap(0x1f43b675, element(0xe7, []byte{n}), element(0xa3, []byte{0x81, 0, 0, 0x80, 'S', 'O', 'U', 'N', 'D', n}))
	}
	tags := element(0x1254c367, element(0x7373, element(0x67c8, element(0x45a3, text("LOCATION")), element(0x4487, text(plantedText())))))
	attached := element(0x1941a469, element(0x61a7, element(0x465c, text(strings.Repeat(plantedText(), 20)))))
	return append(head, wrap(0x18538067, info, element(0x1654ae6b, track), cluster('1'), tags, cluster('2'), attached, cluster('3'))...)
}

func box(name string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name...), body...)
}

// mp4Of is an MP4 as a telephone records it.
func mp4Of(handler string) []byte {
	full, time := []byte{0, 0, 0, 0}, text("TIMETIME")
	entry := box("mp4a", make([]byte, 6), []byte{0, 1, 0, 0}, text("\x00\x00VEND"), make([]byte, 12), box("esds", full, text("codec")), box("Note", text(plantedText())))
	stbl := box("stbl", box("stsd", full, []byte{0, 0, 0, 1}, entry), box("stts", full, make([]byte, 4)), box("stco", full, make([]byte, 4)))
	minf := box("minf", box("dinf", box("dref", full, []byte{0, 0, 0, 1}, box("url ", full, text(plantedText())))), stbl)
	mdia := box("mdia", box("mdhd", full, time, make([]byte, 12)), box("hdlr", full, make([]byte, 4), text(handler), make([]byte, 12), text("Fairphone sound")), minf)
	moov := box("moov", box("mvhd", full, time, make([]byte, 88)), box("trak", box("tkhd", full, time, make([]byte, 72)), mdia, box("udta", text(plantedText()))),
		box("udta", box("\xa9xyz", text(plantedText())), box("meta", text(plantedText()))))
	return bytes.Join([][]byte{box("ftyp", text("M4A \x00\x00\x00\x00M4A ")), box("free", text(plantedText())), box("mdat", text("SOUND1 SOUND2 SOUND3")), box("uuid", text(plantedText())), moov}, nil)
}

// mp3Frame is a frame of 417 or 418 bytes: 128 kbit/s at 44.1 kHz.
func mp3Frame(body string) []byte {
	return append(text("\xff\xfb\x90\x00"+body), make([]byte, 413-len(body))...)
}

func mp3Of() []byte {
	tag := text("ID3\x04\x00\x00\x00\x00\x02\x00" + plantedText())
	tag = append(tag, make([]byte, 10+256-len(tag))...)
	ape := text("APETAGEX" + plantedText())
	v1 := append(text("TAG"+plantedText()), make([]byte, 125-len(plantedText()))...)
	return bytes.Join([][]byte{tag, mp3Frame(strings.Repeat("\x00", 32) + "Info" + plantedText()), mp3Frame("SOUND1 LAME3.100"), mp3Frame("SOUND2"), mp3Frame("SOUND3"), ape, v1}, nil)
}

func wavChunk(name, body string) []byte {
	return append(binary.LittleEndian.AppendUint32(text(name), uint32(len(body))), body...)
}

func wavOf() []byte {
	format := "\x01\x00\x01\x00\x80\xbb\x00\x00\x00\x77\x01\x00\x02\x00\x10\x00"
	return bytes.Join([][]byte{text("RIFF\x00\x00\x00\x00WAVE"), wavChunk("bext", plantedText()+strings.Repeat(" ", len(plantedText())&1)), wavChunk("fmt ", format+plantedText()+strings.Repeat(" ", len(plantedText())&1)),
		wavChunk("data", "SOUND1 SOUND2 SOUND3"), wavChunk("LIST", "INFO"+plantedText())}, nil)
}
