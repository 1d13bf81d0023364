package service

import (
	"stablefutures/internal/media"
	"stablefutures/internal/store"
)

// OwnFilesADay is how many bytes of drawings, pictures and sounds of one young person are
// kept of one day: some eighty recordings of two minutes, or a dozen photographs as a phone
// takes them. What nobody bounds, one page that is left open can fill a disk with, and then
// nobody's words are kept any more.
const OwnFilesADay = 5 * media.Most

// roomFor refuses a file for which there is no room that day. It comes after what tells
// what was kept before: a file that is sent again is kept, whatever came since.
func roomFor(tx *store.Tx, y Young, said store.OwnSaid, file *media.File) error {
	if file == nil {
		return nil
	}
	before, err := tx.OwnFileBytes(y.Authority, y.Record, said.SaidOn)
	if err == nil && before+len(file.Body) > OwnFilesADay {
		err = Invalid{{said.Kind, "error.day"}}
	}
	return err
}
