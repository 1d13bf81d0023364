package media

import "encoding/binary"

// cleanWAV keeps how the sound is written and the sound itself. Lists of names, notes,
// broadcast data and whatever else stands beside them are left out.
func cleanWAV(data []byte) ([]byte, error) {
	var format, sound []byte
	for at := 12; at+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		from := at + 8
		end := min(from+size, len(data)) // one that was cut off, or written while it was recorded
		switch string(data[at : at+4]) {
		case "fmt ":
			format = data[from:end]
		case "data":
			if sound == nil {
				sound = data[from:end]
			}
		}
		at = end + end&1
	}
	format = formatAlone(format)
	if format == nil || len(sound) == 0 {
		return nil, ErrKind
	}
	out := []byte("RIFF\x00\x00\x00\x00WAVE")
	out = appendChunk(appendChunk(out, "fmt ", format), "data", sound)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8)) //nolint:gosec // at most Most
	return out, nil
}

// formatAlone cuts off what stands behind the format; nil where it is none.
func formatAlone(format []byte) []byte {
	if len(format) < 16 {
		return nil
	}
	switch binary.LittleEndian.Uint16(format) {
	case 1, 3, 6, 7: // whole numbers, broken numbers, A-law, µ-law
		return format[:16]
	case 0xfffe: // said at length
		if len(format) >= 40 {
			return format[:40]
		}
	}
	return nil
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(body))) //nolint:gosec // at most Most
	out = append(out, body...)
	if len(body)&1 == 1 {
		out = append(out, 0)
	}
	return out
}
