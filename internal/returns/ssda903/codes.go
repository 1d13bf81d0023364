package ssda903

import "strings"

// codeSet is what one column may hold: the code as it may be written to the code
// that is kept. Upper case only; lookup deals with other ways of writing.
type codeSet map[string]string

func codes(list string) codeSet {
	set := codeSet{}
	for code := range strings.FieldsSeq(list) {
		set[code] = code
	}
	return set
}

// also adds other ways of writing: "1=M 2=F".
func (s codeSet) also(list string) codeSet {
	for pair := range strings.FieldsSeq(list) {
		written, code, _ := strings.Cut(pair, "=")
		s[written] = code
	}
	return s
}

// Code sets of the returns 2017/18 to 2026/27, all years together: a file does
// not say which year it is of. Source: the LIIA schemas 2017 to 2026, summed up
// in the project's notes on the returns.
var (
	sexCodes = codes("M F U").also("1=M 2=F MALE=M FEMALE=F UNKNOWN=U") // 1/2 to 2023/24, letters after

	ethnicCodes = codes("WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT")

	flagCodes = codes("0 1").also("FALSE=0 TRUE=1 N=0 Y=1 NO=0 YES=1")

	rneCodes      = codes("S L P T B U")
	legalCodes    = codes("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3")
	needCodes     = codes("N1 N2 N3 N4 N5 N6 N7 N8")
	providerCodes = codes("PR0 PR1 PR2 PR3 PR4 PR5")

	// H5, P2 and Z1 end in 2024/25; K3 begins in 2024/25, Z11 to Z14 in 2025/26.
	placeCodes = codes("A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14")

	// E43 and E44 to 2018, E45 to E48 after.
	ceasedCodes = codes("X1 E11 E12 E2 E3 E4A E4B E13 E41 E43 E44 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17")

	changeCodes  = codes("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER")
	missingCodes = codes("M A")
	reviewCodes  = codes("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7")
	sdqCodes     = codes("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5")

	touchCodes = codes("YES NO DIED REFU NREQ RHOM").also("Y=YES N=NO")
	activCodes = codes("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6 0") // F3 and P3 to 2018
	accomCodes = accommodation()

	adopterSexCodes   = codes("M1 F1 MM FF MF")
	adopterLegalCodes = codes("L0 L11 L12 L2 L3 L4")
	adopterCount      = codes("1 2")
	placedEndCodes    = codes("RD1 RD2 RD3 RD4")
	permanenceCodes   = codes("P1 P2 P3 P4 Z1")
	workerCodes       = codes("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS")
)

// accommodation is a letter for where and 1 (suitable) or 2 (unsuitable), or 0.
func accommodation() codeSet {
	set := codes("0")
	for _, letter := range "BCDEGHKRSTUVWXYZ" {
		set[string(letter)+"1"] = string(letter) + "1"
		set[string(letter)+"2"] = string(letter) + "2"
	}
	return set
}

// lookup finds the code for a cell, which is not blank. known is false where no
// code is meant; the code may then not be used.
func (s codeSet) lookup(cell string) (code string, known bool) {
	if code, known = s[cell]; known {
		return code, true
	}
	code, known = s[strings.TrimSuffix(strings.ToUpper(cell), ".0")]
	return code, known
}
