package cin

import (
	"slices"
	"strings"
)

// codeSet is what an element may hold, as written, to what is kept.
type codeSet map[string]string

func codes(list string) codeSet {
	set := codeSet{}
	for code := range strings.FieldsSeq(list) {
		set[code] = code
	}
	return set
}

func (s codeSet) also(list string) codeSet {
	for pair := range strings.FieldsSeq(list) {
		written, code, _ := strings.Cut(pair, "=")
		s[written] = code
	}
	return s
}

func (s codeSet) lookup(text string) (string, bool) {
	code, known := s[strings.ToUpper(text)]
	return code, known
}

// Code sets of the censuses 2021 to 2026, all years together. Source: the
// schemas that LIIA publishes, summed up in the project's notes on the returns.
var (
	// Letters from 2025; before, GenderCurrent held 1, 2, 0 (not known) and 9 (not specified).
	sexCodes    = codes("M F U").also("1=M 2=F 0=U 9=U")
	ethnicCodes = codes("WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT")

	disabilityCodes = codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")
	sourceCodes     = codes("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
	needCodes       = codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9")
	closureCodes    = codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9")
	abuseCodes      = codes("NEG PHY SAB EMO MUL")
	flagCodes       = codes("0 1").also("FALSE=0 TRUE=1")
	unknownCodes    = codes("UN1 UN2 UN3 UN4 UN5 UN6 UN7")

	factorCodes = codes("1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A")
)

// retiredFactors are still in the schema, but queried by the DfE: their B and C
// codes tell whether a child or an adult is meant.
var retiredFactors = []string{"18A", "19A"}

func retired(code string) bool { return slices.Contains(retiredFactors, code) }

// elements are all elements that a census of 2021 to 2026 may hold.
var elements = codes(strings.ToUpper(`
	Message Header CollectionDetails Collection Year ReferenceDate Source SourceLevel LEA SoftwareCode Release SerialNo DateTime
	Children Child ChildIdentifiers LAchildID UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate Sex GenderCurrent PersonDeathDate
	ChildCharacteristics Ethnicity Disabilities Disability
	CINdetails CINreferralDate ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC ReferralNFA
	Assessments AssessmentActualStartDate AssessmentInternalReviewDate AssessmentAuthorisationDate FactorsIdentifiedAtAssessment AssessmentFactors
	CINPlanDates CINPlanStartDate CINPlanEndDate
	Section47 S47ActualStartDate InitialCPCtarget ICPCnotRequired
	ChildProtectionPlans CPPstartDate CPPendDate InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP Reviews CPPreviewDate
	PreProceedingsandFGDM PPStartDate LBPSentDate FGDMMeetingOffer FGDMMeetingFac InitialPPMeetingDate ReviewMeetingsCount StepDecisionDate PPOutcome CourtAppDate LetterInitCPDate`))
