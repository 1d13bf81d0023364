package care

// Meanings of the codes in the returns, shortened to what a worker reads at a
// glance. Sources: the DfE's guides to SSDA903 and the CIN census and Ofsted's
// Annex A, as summed up in the project's notes on the returns. All years stand
// together: a retired code keeps its meaning.

var codesSex = map[string]string{"M": "Male", "F": "Female", "U": "Not known"}

var codesYesNo = map[string]string{"0": "No", "1": "Yes", "Y": "Yes", "N": "No", "yes": "Yes", "no": "No", "unknown": "Not known"}

const ethnicOrder = "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"

var codesEthnic = map[string]string{
	"WBRI": "White British", "WIRI": "White Irish", "WIRT": "Traveller of Irish heritage", "WOTH": "Any other White background",
	"WROM": "Gypsy or Roma", "MWBC": "White and Black Caribbean", "MWBA": "White and Black African", "MWAS": "White and Asian",
	"MOTH": "Any other mixed background", "AIND": "Indian", "APKN": "Pakistani", "ABAN": "Bangladeshi", "AOTH": "Any other Asian background",
	"BCRB": "Black Caribbean", "BAFR": "Black African", "BOTH": "Any other Black background", "CHNE": "Chinese",
	"OOTH": "Any other ethnic group", "REFU": "Refused to say", "NOBT": "Not obtained yet", "UNKNOWN": "Not known",
}

var codesMissing = map[string]string{"M": "Missing from care", "A": "Away from placement without authorisation"}

var codesReview = map[string]string{
	"PN0": "under 4 years old", "PN1": "came and spoke", "PN2": "came, and an advocate spoke", "PN3": "came and gave views in signs or drawings",
	"PN4": "came and did not say anything", "PN5": "did not come, and briefed an advocate", "PN6": "did not come, and gave views in another way",
	"PN7": "did not come, and views were not heard",
}

var codesLegal = map[string]string{
	"C1": "interim care order", "C2": "full care order", "D1": "freeing order", "E1": "placement order",
	"V2": "accommodated under section 20", "V3": "short breaks, each recorded", "V4": "short breaks, as agreed",
	"L1": "under police protection", "L2": "emergency protection order", "L3": "child assessment order",
	"J1": "remanded to local authority accommodation", "J2": "detained under PACE", "J3": "youth rehabilitation order",
}

var codesNeed = map[string]string{
	"N0": "not stated", "N1": "abuse or neglect", "N2": "child’s disability", "N3": "parent’s disability or illness", "N4": "family in acute stress",
	"N5": "family dysfunction", "N6": "socially unacceptable behaviour", "N7": "low income", "N8": "absent parenting", "N9": "not a child in need",
}

var codesPlace = map[string]string{
	"A3": "placed for adoption with consent, with foster carer", "A4": "placed for adoption with consent, elsewhere",
	"A5": "placed for adoption by order, with foster carer", "A6": "placed for adoption by order, elsewhere",
	"H5": "semi-independent living", "K1": "secure children’s home", "K2": "children’s home", "K3": "registered supported accommodation",
	"P1": "placed with parents", "P2": "independent living", "P3": "residential employment", "R1": "residential care home",
	"R2": "health service establishment", "R3": "family centre or mother and baby unit", "R5": "young offender institution",
	"S1": "residential school", "T0": "temporary move", "T1": "temporary, in hospital", "T2": "temporary, on holiday",
	"T3": "temporary, carer on holiday", "T4": "temporary, other",
	"U1": "foster care with relative or friend, long term", "U2": "foster care with relative or friend, for adoption",
	"U3": "foster care with relative or friend", "U4": "foster care, long term", "U5": "foster care, for adoption", "U6": "foster care",
	"Z1": "other placement",
}

var codesProvider = map[string]string{
	"PR0": "parents", "PR1": "this council", "PR2": "another council", "PR3": "another public body", "PR4": "private", "PR5": "voluntary",
}

var codesStarted = map[string]string{
	"S": "started to be looked after", "L": "legal status changed", "P": "placement and carer changed", "T": "placement changed, same carer",
	"B": "legal status, placement and carer changed", "U": "legal status and placement changed, same carer",
}

var codesCeased = map[string]string{
	"X1": "the next episode follows", "E11": "adopted", "E12": "adopted, consent dispensed with", "E2": "died", "E3": "taken over by another council",
	"E4A": "returned home, planned", "E4B": "returned home, unplanned", "E13": "left to live with somebody without parental responsibility",
	"E41": "child arrangements order", "E43": "special guardianship, former foster carer", "E44": "special guardianship, other carer",
	"E45": "special guardianship, relative or friend who fostered", "E46": "special guardianship, other former foster carer",
	"E47": "special guardianship, relative or friend", "E48": "special guardianship, other carer",
	"E5": "independent living with support", "E6": "independent living without support", "E7": "moved to adult residential care",
	"E8": "any other reason, also when still missing", "E9": "sentenced to custody", "E14": "remand ended",
	"E15": "age assessment found 18 or over", "E16": "moved abroad", "E17": "18 or over and stayed with carers",
}

var codesChange = map[string]string{
	"CARPL": "care plan", "CLOSE": "carer resigned or home closed", "ALLEG": "allegation", "STAND": "standards of care", "APPRR": "approval removed",
	"CREQB": "carer asked, behaviour", "CREQO": "carer asked, other reason", "CHILD": "the child asked", "LAREQ": "the council or area asked",
	"PLACE": "only the status changed", "CUSTOD": "custody", "OTHER": "other",
}

var codesSDQ = map[string]string{
	"SDQ1": "not of the age", "SDQ2": "carer refused", "SDQ3": "disability", "SDQ4": "other reason", "SDQ5": "child refused",
}

var codesTouch = map[string]string{
	"YES": "in touch", "NO": "not in touch", "DIED": "died", "REFU": "refuses contact", "NREQ": "no longer needs services", "RHOM": "returned home",
}

var codesActivity = map[string]string{
	"F1": "higher education, full time", "P1": "higher education, part time", "F2": "other education, full time", "P2": "other education, part time",
	"F3": "training or work, full time", "P3": "training or work, part time", "F4": "apprenticeship, full time", "P4": "apprenticeship, part time",
	"F5": "training or work, full time", "P5": "training or work, part time", "G4": "not in education or work: illness or disability",
	"G5": "not in education or work: other reason", "G6": "not in education or work: pregnancy or parenting", "0": "not known",
}

// codesAccommodation holds each letter by itself and with 1 (suitable) or 2
// (unsuitable) behind it.
var codesAccommodation = func() map[string]string {
	set := map[string]string{"0": "not known"}
	for letter, text := range map[string]string{
		"B": "with parents or relatives", "C": "community home", "D": "semi-independent", "E": "supported lodgings", "G": "abroad",
		"H": "deported", "K": "ordinary lodgings", "R": "residence not known", "S": "no fixed abode or homeless", "T": "foyer",
		"U": "independent living", "V": "emergency accommodation", "W": "bed and breakfast", "X": "in custody", "Y": "other",
		"Z": "with former foster carers",
	} {
		set[letter], set[letter+"1"], set[letter+"2"] = text, text+", suitable", text+", unsuitable"
	}
	return set
}()

var codesAdoptionEnded = map[string]string{
	"RD1": "the needs changed", "RD2": "the court did not make an order", "RD3": "no suitable adopters", "RD4": "other reason",
}

var codesPermanence = map[string]string{
	"P1": "adoption", "P2": "special guardianship", "P3": "residence or child arrangements order", "P4": "not known", "Z1": "none before",
}

var codesWorker = map[string]string{
	"MANAGE": "manager took over", "FCONTA": "first contact", "LEFTRL": "left the role", "ORGRST": "reorganisation", "TSPROC": "transfer between teams",
	"ABSENC": "absence", "CHCHAN": "child asked for a change", "PCCHAN": "parent or carer asked for a change", "SWDIED": "died", "OTHERS": "other reason",
}
