package returns

import (
	"bytes"
	"strings"

	"stablefutures/internal/returns/tabular"
)

// format is how a file is written, told from its first bytes.
type format uint8

const (
	asText format = iota
	asWorkbook
	asXML
	asNothing // none that is read: the message says what it is
)

// sniff tells a file's format; for one that is not read, what it is and what to do.
func sniff(data []byte) (format, string) {
	head := data[:min(len(data), 1024)]
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return asWorkbook, ""
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return asNothing, compound(data)
	case bareXLS(head):
		return asNothing, oldXLS
	case bytes.HasPrefix(data, []byte("%PDF")):
		return asNothing, "This is a PDF. Returns are read as CSV, xlsx, ods or XML: ask for the file from which it was made."
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return asNothing, "This is a text document (RTF). Returns are read as CSV, xlsx, ods or XML: save its table from a spreadsheet."
	case bytes.HasPrefix(data, []byte("\x1f\x8b")), bytes.HasPrefix(data, []byte("7z\xbc\xaf")), bytes.HasPrefix(data, []byte("Rar!")):
		return asNothing, "This is a compressed archive. Unpack it and send the files in it themselves."
	case tabular.UTF16(data) && utf16Begins(data, '<'):
		return asNothing, "The XML is written in UTF-16, which is not read. Save it as UTF-8 and send it again."
	case isHTML(text):
		return asNothing, "This is a web page (HTML), as some systems save it under the ending xls. Open it in Excel, save it as xlsx and send it again."
	case bytes.HasPrefix(text, []byte("<")):
		return asXML, ""
	}
	return asText, ""
}

const oldXLS = "This is an Excel workbook of the old kind (xls). Open it in Excel, save it as xlsx and send it again."

// compound says what a file of Microsoft's older container is: names of its
// streams are UTF-16.
func compound(data []byte) string {
	holds := func(name string) bool {
		return bytes.Contains(data, []byte(strings.Join(strings.Split(name, ""), "\x00")))
	}
	switch {
	case holds("EncryptedPackage"):
		return "The workbook is protected by a password. Save it without one, as xlsx, and send it again."
	case holds("WordDocument"):
		return "This is a Word document. Returns are read as CSV, xlsx, ods or XML: save its table from a spreadsheet."
	case holds("Workbook"), holds("Book"):
		return oldXLS
	}
	return "This is an old Office file, or one that is protected by a password. Save it as xlsx without a password and send it again."
}

// bareXLS tells an xls file without its container, as old programs wrote it.
func bareXLS(head []byte) bool {
	return len(head) > 8 && head[0] == 9 && (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) && head[2] >= 4 && head[2] <= 16 && head[3] == 0
}

func isHTML(text []byte) bool {
	lower := strings.ToLower(string(text[:min(len(text), 200)]))
	for _, begin := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div", "mime-version:"} {
		if strings.HasPrefix(lower, begin) {
			return true
		}
	}
	return strings.Contains(lower, "<html")
}

// utf16Begins tells whether UTF-16 text begins with a sign, of either byte order
// and with or without a mark of it.
func utf16Begins(data []byte, sign byte) bool {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		data = bytes.TrimPrefix(data, []byte(mark))
	}
	return len(data) > 1 && (data[0] == sign && data[1] == 0 || data[0] == 0 && data[1] == sign)
}
