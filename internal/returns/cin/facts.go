package cin

import (
	"slices"
	"strconv"
	"strings"

	"stablefutures/internal/care"
	"stablefutures/internal/date"
)

// details reads one CINdetails: a referral and what followed.
func (b *builder) details(n *node) {
	referral := care.Fact{Kind: care.Referral, Code: b.code(n, "ReferralSource", sourceCodes)}
	whole := b.span(n, &referral, "CINreferralDate", "CINclosureDate")
	b.detail(&referral, "PrimaryNeedCode", b.code(n, "PrimaryNeedCode", needCodes))
	b.detail(&referral, "ReasonForClosure", b.code(n, "ReasonForClosure", closureCodes))
	b.detail(&referral, "ReferralNFA", b.code(n, "ReferralNFA", flagCodes))
	b.detail(&referral, "DateOfInitialCPC", string(b.past(n, "DateOfInitialCPC")))
	if whole {
		b.add(referral)
	}
	for _, a := range n.all("Assessments") {
		b.assessment(a)
	}
	for _, p := range n.all("CINPlanDates") {
		b.spanned(p, care.Fact{Kind: care.InNeedPlan}, "CINPlanStartDate", "CINPlanEndDate")
	}
	for _, s := range n.all("Section47") {
		f := care.Fact{Kind: care.Section47}
		b.detail(&f, "InitialCPCtarget", string(b.day(s, "InitialCPCtarget")))
		b.detail(&f, "DateOfInitialCPC", string(b.past(s, "DateOfInitialCPC")))
		b.detail(&f, "ICPCnotRequired", b.code(s, "ICPCnotRequired", flagCodes))
		b.spanned(s, f, "S47ActualStartDate", "")
	}
	for _, p := range n.all("ChildProtectionPlans") {
		b.protection(p)
	}
	for _, p := range n.all("PreProceedingsandFGDM") {
		b.preProceedings(p)
	}
}

// assessment gives one fact and one more for each factor. Factors count only
// where the assessment ended, so they carry its day of authorisation. Days that
// contradict each other are kept as sent and told: nobody here knows which is right.
func (b *builder) assessment(n *node) {
	f := care.Fact{Kind: care.Assessment}
	f.Began = b.asSent(n, "AssessmentActualStartDate", false)
	f.Ended = b.asSent(n, "AssessmentAuthorisationDate", true)
	b.order(f, "AssessmentAuthorisationDate")
	b.detail(&f, "AssessmentInternalReviewDate", string(b.past(n, "AssessmentInternalReviewDate")))
	b.add(f)
	var taken []string
	for _, list := range n.all("FactorsIdentifiedAtAssessment") {
		for _, factor := range list.all("AssessmentFactors") {
			code := b.codeOf(factor, factorCodes)
			if code == "" || slices.Contains(taken, code) {
				continue
			}
			if retired(code) {
				b.tell("AssessmentFactors", "retired-code", "Factor "+code+" is retired: it is taken, but the DfE asks for "+code[:2]+"B (by a child) or "+code[:2]+"C (by an adult).")
			}
			taken = append(taken, code)
			b.add(care.Fact{Kind: care.Factor, Began: f.Began, Ended: f.Ended, Code: code})
		}
	}
	if len(taken) > 0 && !f.Ended.Known() {
		b.tell("AssessmentAuthorisationDate", "factor-before-end", "The assessment has factors but no day on which it ended: its factors do not count until it has one.")
	}
}

func (b *builder) protection(n *node) {
	f := care.Fact{Kind: care.ProtectionPlan, Code: b.code(n, "LatestCategoryOfAbuse", abuseCodes)}
	b.detail(&f, "InitialCategoryOfAbuse", b.code(n, "InitialCategoryOfAbuse", abuseCodes))
	b.detail(&f, "NumberOfPreviousCPP", b.count(n, "NumberOfPreviousCPP"))
	var reviews []string
	for _, list := range n.all("Reviews") {
		for _, day := range list.all("CPPreviewDate") {
			if d := b.pastOf(day); d.Known() {
				reviews = append(reviews, string(d))
			}
		}
	}
	b.detail(&f, "CPPreviewDate", strings.Join(reviews, "; "))
	b.spanned(n, f, "CPPstartDate", "CPPendDate")
}

func (b *builder) preProceedings(n *node) {
	f := care.Fact{Kind: care.PreProceedings}
	if outcome := n.text("PPOutcome"); outcome != "" {
		if len(outcome) == 1 && strings.ToUpper(outcome) >= "A" && strings.ToUpper(outcome) <= "Z" {
			f.Code = strings.ToUpper(outcome)
		} else {
			b.tell("PPOutcome", "unknown-code", "This is no outcome code (a letter): it is left blank.")
		}
	}
	for _, element := range []string{"LBPSentDate", "InitialPPMeetingDate", "StepDecisionDate", "CourtAppDate", "LetterInitCPDate"} {
		b.detail(&f, element, string(b.past(n, element)))
	}
	b.detail(&f, "FGDMMeetingOffer", b.code(n, "FGDMMeetingOffer", flagCodes))
	b.detail(&f, "FGDMMeetingFac", b.code(n, "FGDMMeetingFac", flagCodes))
	b.detail(&f, "ReviewMeetingsCount", b.count(n, "ReviewMeetingsCount"))
	b.spanned(n, f, "PPStartDate", "")
}

// spanned adds a fact that has a first and perhaps a last day.
func (b *builder) spanned(n *node, f care.Fact, began, ended string) {
	if b.span(n, &f, began, ended) {
		b.add(f)
	}
}

// span reads the first and the last day of a fact; false where the fact cannot
// stand: it has no first day, or a last day that cannot be read, which left out
// would say that it still goes on.
func (b *builder) span(n *node, f *care.Fact, began, ended string) bool {
	var ok bool
	if f.Began, ok = b.sent(n, began, false); !ok || !f.Began.Known() {
		if ok {
			b.tell(began, "missing-date", "The day is missing: "+n.name+" is left out. Fill it in and import the file again.")
		}
		return false
	}
	if ended != "" {
		if f.Ended, ok = b.sent(n, ended, true); !ok {
			return false
		}
	}
	b.order(*f, ended)
	if f.Began < b.born && f.Kind != care.Referral {
		b.tell(began, "before-birth", "It begins on "+f.Began.Long()+", before the date of birth: it is taken as sent. Check both.")
	}
	return true
}

// order tells a fact that ends before it begins; it is taken as sent.
func (b *builder) order(f care.Fact, ended string) {
	if f.Ended.Known() && f.Ended < f.Began {
		b.tell(ended, "end-before-start", "It ends on "+f.Ended.Long()+", before it begins on "+f.Began.Long()+": both are taken as sent. Mend the day that is wrong.")
	}
}

// asSent is a day that may contradict others; what is no day is told and left blank.
func (b *builder) asSent(n *node, element string, ended bool) date.Date {
	d := b.day(n, element)
	if b.ahead(d) {
		b.tell(element, "future-date", "The day "+d.Long()+" has not come yet: it is taken as sent. Check the date.")
	}
	b.happened(d, ended)
	return d
}

// sent is a day as sent, told where it has not come yet; ok is false where it
// cannot be read.
func (b *builder) sent(n *node, element string, ended bool) (d date.Date, ok bool) {
	found := n.first(element)
	if found == nil || b.blank(found) {
		return "", true
	}
	if d, ok = b.read(found); !ok {
		b.tell(element, "impossible-date", "This is no day: "+n.name+" is left out. Write the day as 2026-03-31.")
		return "", false
	}
	if b.ahead(d) {
		b.tell(element, "future-date", "The day "+d.Long()+" has not come yet: it is taken as sent. Check the date.")
	}
	b.happened(d, ended)
	return d, true
}

func (b *builder) count(n *node, element string) string {
	text := n.text(element)
	if text == "" {
		return ""
	}
	if v, err := strconv.Atoi(text); err != nil || v < 0 || v > 1000 {
		b.tell(element, "unknown-code", "This is no count: it is left blank.")
		return ""
	}
	return text
}
