package annexa

import "strings"

// coarse says of a column's codes to which group of the dictionary they belong.
// The dictionary knows groups; the reader keeps finer codes. Where a code is not
// listed, it is itself the group.
var coarse = map[string]map[string]string{
	"gender":    {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded", "NEITHER": "d) Neither"},
	"ethnicity": groups("WBRI WIRI WIRT WOTH WROM ~White=a) White", "MWBC MWBA MWAS MOTH ~Mixed=b) Mixed", "AIND APKN ABAN AOTH ~Asian=c) Asian or Asian British", "BCRB BAFR BOTH ~Black=d) Black or black British", "CHNE OOTH=e) Other ethnic group", "REFU NOBT UNKNOWN=f) Not stated"),
	"source": groups("1A 1B 1C 1D ~individual=a) Individual", "2A=b) Schools", "2B=c) Education services", "3A 3B 3C 3D 3E 3F ~health_service=d) Health services", "4=e) Housing",
		"5A 5B 5C 5D ~council_service=f) LA services", "6=g) Police", "7=h) Other legal agency", "8=i) Other", "9=j) Anonymous", "10=k) Unknown"),
	"yesno":   {"yes": "True", "no": "False", "unknown": "Unknown"},
	"need":    {"N1": "a) Abuse or neglect", "N2": "b) Child's disability", "N3": "c) Parents illness or disability", "N4": "d) Family in acute stress", "N5": "e) Family dysfunction", "N6": "f) Socially unacceptable behaviour", "N7": "g) Low income", "N8": "h) Absent parenting", "N9": "i) Not CIN", "N0": "j) Not stated"},
	"closure": {"RC1": "a) Adopted", "RC2": "b) Died", "RC3": "c) Residence Order", "RC4": "d) Special Guardianship Order", "RC5": "e) Transfer to another LA", "RC6": "f) Transfer to Adult Social Services", "RC7": "g) 'Other' incl. Child no longer in need", "~closed after assessment, whether referred to early help is not said": "h) Child not in need after assessment", "RC8": "h) Child not in need after assessment", "RC9": "h) Child not in need after assessment"},
	"status":  {"looked after child": "a) Looked after child", "child protection plan": "b) Child Protection plan", "child in need plan": "c) Child in need plan", "open assessment": "d) Open assessment", "closed episode": "e) Closed episode"},
	"abuse":   {"NEG": "a) Neglect", "PHY": "b) Physical Abuse", "SAB": "c) Sexual Abuse", "EMO": "d) Emotional Abuse", "MUL": "e) Multiple"},
	"legal": {"C1": "a) Interim care orders", "C2": "b) Full care orders", "D1": "c) Freed for Adoption", "E1": "d) Placement order granted", "V2": "e) Accommodated under S20", "~no legal status of a child in care": "zzCodeError", "V3": "zzCodeError", "V4": "zzCodeError",
		"L1": "f) Detained on child protection grounds in LA accommodation", "L2": "f) Detained on child protection grounds in LA accommodation", "L3": "f) Detained on child protection grounds in LA accommodation",
		"~child protection, which order is not said": "f) Detained on child protection grounds in LA accommodation",
		"~youth justice, which order is not said":    "g) Youth justice legal Statuses", "J1": "g) Youth justice legal Statuses", "J2": "g) Youth justice legal Statuses", "J3": "g) Youth justice legal Statuses"},
	"permanence": {"return to family": "a) Return to family", "adoption": "b) Adoption", "special guardianship or child arrangements": "c) SGO/CAO", "supported living in the community": "d) Supported living in the community", "long-term residential placement": "e) Long-term residential placement", "long-term fostering": "f) Long-term fostering", "other": "g) Other"},
	"ceased": {"E11": "a) Adopted", "E12": "a) Adopted", "~adopted": "a) Adopted", "E2": "b) Died", "E3": "c) Care taken by another LA", "E4A": "d) Returned home to live with parents or relatives", "E4B": "d) Returned home to live with parents or relatives",
		"~returned home, whether planned is not said": "d) Returned home to live with parents or relatives",
		"E13": "e) Left care to live with parents, relatives or other person with no parental responsibility", "E17": "e) Left care to live with parents, relatives or other person with no parental responsibility", "E41": "f) Residence order granted",
		"E43": "g) Special Guardianship Orders", "E44": "g) Special Guardianship Orders", "E45": "g) Special Guardianship Orders", "E46": "g) Special Guardianship Orders", "E47": "g) Special Guardianship Orders", "E48": "g) Special Guardianship Orders",
		"~special guardianship, to whom is not said": "g) Special Guardianship Orders", "E5": "h) Moved into independent living", "E6": "h) Moved into independent living",
		"~independent living, whether with support is not said": "h) Moved into independent living", "E7": "i) Transferred to residential care funded by adult social services", "E9": "j) Sentenced to custody", "E14": "k) Accommodation on remand ended",
		"E15": "l) Age assessment determined child was 18 or over", "E16": "m) Child moved abroad", "E8": "n) Care ceased for any other reason", "X1": "zzCodeError"},
	"place": {"U1": "a) Foster placement", "U2": "a) Foster placement", "U3": "a) Foster placement", "U4": "a) Foster placement", "U5": "a) Foster placement", "U6": "a) Foster placement", "~foster placement, which kind is not said": "a) Foster placement",
		"~foster placement with a relative or friend, which kind is not said": "a) Foster placement",
		"A3": "b) Placed for adoption", "A4": "b) Placed for adoption", "A5": "b) Placed for adoption", "A6": "b) Placed for adoption", "~placed for adoption, how is not said": "b) Placed for adoption",
		"P1": "c) Placed with parents", "P2": "d) Independent living", "P3": "e) Residential employment", "H5": "f) Residential accommodation", "K3": "f) Residential accommodation", "K1": "g) Secure Children’s Homes", "K2": "h) Children’s Homes", "R1": "i) Residential Care Home",
		"R2": "j) NHS/Health Trust", "R3": "k) Family Centre or Mother and Baby Unit", "R5": "l) Young Offender Institution", "S1": "m) Residential school", "Z1": "n) Other placements", "T0": "o) Temporary placement", "T1": "o) Temporary placement", "T2": "o) Temporary placement", "T3": "o) Temporary placement", "T4": "o) Temporary placement"},
	"provider":    {"PR1": "a) Own LA", "PR4": "b) Private", "PR0": "c) Other", "PR2": "c) Other", "PR3": "c) Other", "PR5": "c) Other"},
	"inside":      {"in": "a) In", "out": "b) Out"},
	"eligibility": {"relevant child": "a) Relevant", "former relevant child": "b) Former relevant", "qualifying care leaver": "c) Qualifying", "eligible child": "d) Eligible", "other": "e) Other"},
	"touch":       {"YES": "a) In touch", "NO": "b) Not in touch", "REFU": "b) Not in touch", "NREQ": "b) Not in touch", "unknown": "c) Not recorded", "DIED": "d) Exclude", "RHOM": "d) Exclude"},
	"accommodation": {"B": "a) With parents or relatives", "C": "b) Community home", "D": "c) Semi-independent transitional accommodation", "E": "d) Supported lodgings", "G": "e) Gone abroad", "H": "f) Deported", "K": "g) Ordinary lodgings", "R": "h) Residence not known",
		"S": "i) No fixed abode / homeless", "T": "j) Foyers", "U": "k) Independent living", "V": "l) Emergency accommodation", "W": "m) Bed and breakfast", "X": "n) In custody", "Z": "o) With Former Foster Carer", "Y": "p) Other accommodation"},
	"suitability": {"suitable": "a) Suitable", "unsuitable": "b) Not suitable", "unknown": "c) Not in touch or not recorded"},
	"activity":    {},
	"reversed":    {"RD1": "a) Child’s needs changed", "RD2": "b) Court did not make a PO", "RD3": "c) Prospective adopters cannot be found", "RD4": "d) Any other reason"},
	"leaving":     {"withdrew": "a) Withdrew", "on hold": "b) Process on hold", "refused": "c) Application refused"},
}

func groups(lines ...string) map[string]string {
	m := map[string]string{}
	for _, line := range lines {
		codes, group, _ := strings.Cut(line, "=")
		for code := range strings.FieldsSeq(codes) {
			m[strings.ReplaceAll(code, "_", " ")] = group
		}
	}
	return m
}
