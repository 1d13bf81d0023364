package care

// Meanings of the codes of the CIN census, in the manner of words_codes.go, and
// the plain names of the details of both returns.

var codesSource = map[string]string{
	"1A": "family member, relative or carer", "1B": "acquaintance", "1C": "the child", "1D": "another individual", "2A": "school",
	"2B": "education services", "3A": "GP", "3B": "health visitor", "3C": "school nurse", "3D": "other primary health service",
	"3E": "accident and emergency", "3F": "other health service", "4": "housing", "5A": "council’s social care", "5B": "another service of the council",
	"5C": "another council", "5D": "council’s early help", "6": "police", "7": "court, probation, immigration, Cafcass or prison", "8": "other",
	"9": "anonymous", "10": "not known",
}

var codesClosure = map[string]string{
	"RC1": "adopted", "RC2": "died", "RC3": "child arrangements order", "RC4": "special guardianship order", "RC5": "moved to another council",
	"RC6": "moved to adult social care", "RC7": "services ended for another reason", "RC8": "closed after assessment, no further action",
	"RC9": "closed after assessment, referred to early help",
}

var codesAbuse = map[string]string{"NEG": "neglect", "PHY": "physical abuse", "SAB": "sexual abuse", "EMO": "emotional abuse", "MUL": "several"}

var codesDisability = map[string]string{
	"NONE": "none", "MOB": "mobility", "HAND": "hand function", "PC": "personal care", "INC": "incontinence", "COMM": "communication",
	"LD": "learning", "HEAR": "hearing", "VIS": "vision", "BEH": "behaviour", "CON": "consciousness", "AUT": "autism", "DDA": "other disability",
}

var codesFactor = map[string]string{
	"1A": "alcohol misuse by the child", "1B": "alcohol misuse by a parent", "1C": "alcohol misuse in the household",
	"2A": "drug misuse by the child", "2B": "drug misuse by a parent", "2C": "drug misuse in the household",
	"3A": "domestic abuse of the child", "3B": "domestic abuse of a parent", "3C": "domestic abuse of another person",
	"4A": "mental health of the child", "4B": "mental health of a parent", "4C": "mental health in the family",
	"5A": "child’s learning disability", "5B": "parent’s learning disability", "5C": "learning disability in the family",
	"6A": "child’s physical disability or illness", "6B": "parent’s physical disability or illness", "6C": "physical disability or illness in the family",
	"7A": "young carer", "8B": "privately fostered, from overseas and will return", "8C": "privately fostered, from overseas and will stay",
	"8D": "privately fostered, in education", "8E": "privately fostered, family’s own arrangement", "8F": "privately fostered, other",
	"9A": "unaccompanied asylum-seeking child", "10A": "going missing", "11A": "sexual exploitation", "12A": "trafficking", "13A": "gangs",
	"14A": "socially unacceptable behaviour", "15A": "self-harm", "16A": "neglect", "17A": "emotional abuse", "18A": "physical abuse",
	"18B": "physical abuse by another child", "18C": "physical abuse by an adult", "19A": "sexual abuse", "19B": "sexual abuse by another child",
	"19C": "sexual abuse by an adult", "20": "other", "21": "no factor found", "22A": "female genital mutilation",
	"23A": "abuse linked to faith or belief", "24A": "criminal exploitation",
}

var codesNoUPN = map[string]string{
	"UN1": "not of school age", "UN2": "never in a maintained school", "UN3": "educated out of England", "UN4": "newly looked after",
	"UN5": "sources disagree", "UN6": "not known yet", "UN7": "referral without further action",
}

// detailNames are the short names of columns and elements, spelt out.
var detailNames = map[string]struct {
	label string
	codes map[string]string
}{
	"RNE": {"Why the episode began", codesStarted}, "CIN": {"Category of need", codesNeed}, "PLACE": {"Placement", codesPlace},
	"PLACE_PROVIDER": {"Provider", codesProvider}, "REC": {"Why the episode ended", codesCeased},
	"REASON_PLACE_CHANGE": {"Why the placement changed", codesChange}, "URN": {"Ofsted’s number of the placement", nil},
	"ETHNIC": {"Ethnicity", codesEthnic}, "UPN": {"No unique pupil number because", codesNoUPN}, "MOTHER": {"Is a mother", codesYesNo},
	"UASC": {"Unaccompanied asylum-seeking child", codesYesNo}, "SDQ_SCORE": {"Strengths and difficulties score", nil},
	"SDQ_REASON": {"Why there is no score", codesSDQ}, "CONVICTED": {"Convicted or cautioned", codesYesNo},
	"HEALTH_CHECK": {"Health checks up to date", codesYesNo}, "IMMUNISATIONS": {"Immunisations up to date", codesYesNo},
	"TEETH_CHECK": {"Teeth checked", codesYesNo}, "HEALTH_ASSESSMENT": {"Health assessment", codesYesNo},
	"SUBSTANCE_MISUSE": {"Substance misuse", codesYesNo}, "INTERVENTION_RECEIVED": {"Help with it received", codesYesNo},
	"INTERVENTION_OFFERED": {"Help with it offered", codesYesNo}, "ACTIV": {"Activity", codesActivity}, "ACCOM": {"Accommodation", codesAccommodation},
	"DATE_INT": {"Decided that adoption is right", nil}, "DATE_MATCH": {"Matched with adopters", nil}, "FOSTER_CARE": {"Fostered by the adopters", codesYesNo},
	"NB_ADOPTR": {"Number of adopters", nil}, "REASON_PLACED_CEASED": {"Why the placement for adoption ended", codesAdoptionEnded},
	"LA_PERM": {"Council of the permanence order", nil}, "DATE_PERM": {"Day of the permanence order", nil},
	"PrimaryNeedCode": {"Primary need", codesNeed}, "ReasonForClosure": {"Why it was closed", codesClosure}, "ReferralNFA": {"No further action", codesYesNo},
	"DateOfInitialCPC": {"First child protection conference", nil}, "InitialCPCtarget": {"Conference to be held by", nil},
	"ICPCnotRequired": {"No conference needed", codesYesNo}, "InitialCategoryOfAbuse": {"First category of abuse", codesAbuse},
	"NumberOfPreviousCPP": {"Child protection plans before", nil}, "CPPreviewDate": {"Reviews of the plan", nil},
	"AssessmentInternalReviewDate": {"Reviewed inside the council", nil}, "UPNunknown": {"No unique pupil number because", codesNoUPN},
	"PersonDeathDate": {"Died", nil}, "Ethnicity": {"Ethnicity", codesEthnic}, "Disability": {"Disability", codesDisability},
	"PPOutcome": {"Outcome", nil}, "LBPSentDate": {"Letter before proceedings sent", nil}, "InitialPPMeetingDate": {"First meeting", nil},
	"StepDecisionDate": {"Decided on the next step", nil}, "CourtAppDate": {"Application to court", nil}, "LetterInitCPDate": {"Letter of issue", nil},
	"FGDMMeetingOffer": {"Family meeting offered", codesYesNo}, "FGDMMeetingFac": {"Family meeting held", codesYesNo}, "ReviewMeetingsCount": {"Review meetings", nil},
}
