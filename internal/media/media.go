// Package media cleans pictures and sounds before they are kept: what says where, when,
// by whom and with which device something was made is gone. A picture is drawn anew. A
// sound keeps the parts that are named here, and nothing else; so what a maker of devices
// adds tomorrow is gone too.
//
// What a file is, is told by its bytes and never by its name. No storage, no pages and no
// rule about who may see a file belong here.
package media

import (
	"bytes"
	"errors"
)

// Most is how many bytes are taken.
const Most = 8 << 20

// What is wrong with a file that is not taken.
var (
	ErrEmpty = errors.New("the file is empty")
	ErrBig   = errors.New("the file is too big")
	ErrKind  = errors.New("the file is none that can be cleaned")
)

// File is a file that was cleaned.
type File struct {
	Kind string // image/png, image/jpeg, audio/webm, audio/mp4, audio/mpeg or audio/wav
	Body []byte
}

// Picture cleans a PNG or a JPEG.
func Picture(data []byte) (File, error) {
	if err := checkSize(data); err != nil {
		return File{}, err
	}
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return drawnAnew(data, "image/png")
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return drawnAnew(data, "image/jpeg")
	}
	return File{}, ErrKind
}

// Sound cleans a WebM, an MP4, an MP3 or a WAV.
func Sound(data []byte) (File, error) {
	if err := checkSize(data); err != nil {
		return File{}, err
	}
	kind, clean := "audio/mpeg", cleanMP3
	switch {
	case bytes.HasPrefix(data, []byte("\x1a\x45\xdf\xa3")):
		kind, clean = "audio/webm", cleanWebM
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		kind, clean = "audio/mp4", cleanMP4
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WAVE":
		kind, clean = "audio/wav", cleanWAV
	}
	body, err := clean(bytes.Clone(data))
	if err != nil {
		return File{}, err
	}
	return File{kind, body}, nil
}

func checkSize(data []byte) error {
	switch {
	case len(data) == 0:
		return ErrEmpty
	case len(data) > Most:
		return ErrBig
	}
	return nil
}
