package young

import (
	"bytes"
	"net/http"
	"time"
)

// endings are those of a file's name, which says nothing else.
var endings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "audio/webm": ".webm", "audio/mp4": ".m4a", "audio/mpeg": ".mp3", "audio/wav": ".wav"}

// WriteFile sends what a young person gave: as nothing but what it is, with a name that
// says nothing, kept by no cache, and with no power even where a browser took it for a page.
// A part of it is sent where a part is asked for: some browsers play no sound otherwise.
func WriteFile(w http.ResponseWriter, r *http.Request, kind string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `inline; filename="1`+endings[kind]+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'; media-src 'self'; img-src 'self'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}
