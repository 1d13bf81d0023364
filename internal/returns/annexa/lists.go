package annexa

import "stablefutures/internal/care"

// The columns of the eleven lists, as Ofsted's guidance to Annex A has them; list
// 9 with its current 17 columns, of which older files have 13.

var (
	childID   = col(roleChild, "Child Unique ID", "child unique* | unique child* | child id | child identifier | =child | la child id | childs unique*", nil).mark()
	gender    = col(roleSex, "Gender", "gender | =sex | sex of child | child sex", sexSet)
	ethnicity = col(roleEthnic, "Ethnicity", "ethnic* | ethnicity code", ethnicSet)
	birth     = col(roleBirth, "Date of Birth", "date of birth | =dob | birth date | child dob", nil).orBlank()
	age       = col(roleDropped, "Age of Child (Years)", "age", nil)
	disabled  = col(roleCoded, "Does the Child have a Disability", "disab*", disabilitySet)
	team      = col(roleDropped, "Allocated Team", "team", nil)
	worker    = col(roleDropped, "Allocated Worker", "worker", nil)
)

// person are the five columns with which lists 1 to 9 begin, and the further ones.
func person(further ...column) []column {
	return append([]column{childID, gender, ethnicity, birth, age}, further...)
}

var specs = []spec{
	{kind: List1, number: "1", name: "contacts", columns: person(
		col(roleDay, "Date of Contact", "date+contact", nil).mark(),
		col(roleCoded, "Contact Source", "contact source | source of contact", sourceSet).mark())},
	{kind: List2, number: "2", name: "early help assessments", columns: person(
		col(roleDay, "Assessment start date", "assessment start*+-continuous", nil).mark(),
		col(roleDay, "Assessment completion date", "assessment complet*+-organisation", nil),
		col(roleDropped, "Organisation completing assessment", "organisation*", nil).mark())},
	{kind: List3, number: "3", name: "referrals", fact: care.Referral, columns: person(
		col(roleBegan, "Date of referral", "date+referral | referral date", nil).mark(),
		col(roleCode, "Referral Source", "referral source | source of referral", sourceSet).mark(),
		col(roleCoded, "Referral NFA?", "nfa | no further action", noFurtherSet),
		col(roleCount, "Number of Referrals in Last 12 Months", "number+referral* | no of referrals*", nil), team, worker)},
	{kind: List4, number: "4", name: "assessments", fact: care.Assessment, columns: person(disabled,
		col(roleBegan, "Continuous Assessment Start Date", "continuous assessment+start* | single assessment+start*", nil).mark(),
		col(roleCoded, "Child Seen During Continuous Assessment", "seen", seenSet),
		col(roleEnded, "Continuous Assessment Date of Authorisation", "authori*", nil).mark().orBlank(),
		col(roleCoded, "Was the child assessed as requiring LA children's social care support?", "requiring*", yesNoSet).orBlank(), team, worker)},
	{kind: List5, number: "5", name: "section 47 enquiries and conferences", columns: person(disabled,
		col(roleDay, "Strategy discussion initiating Section 47 Enquiry Start Date", "strategy discussion* | section 47+start*", nil).mark(),
		col(roleCoded, "Was an Initial Child Protection Conference deemed unnecessary?", "unnecessary", yesNoSet),
		col(roleDay, "Date of Initial Child Protection Conference", "date+initial child protection conference | icpc date", nil),
		col(roleCoded, "Did the Initial Child Protection Conference Result in a Child Protection Plan", "result in*", yesNoSet),
		col(roleCount, "Number of Section 47 Enquiries in the last 12 months", "number+section 47*", nil).mark(),
		col(roleCount, "Number of ICPCs in the last 12 months", "number+icpc*", nil), team, worker)},
	{kind: List6, number: "6", name: "children in need", fact: care.InNeed, columns: person(disabled,
		col(roleMayBegin, "CIN Start Date", "cin start* | child in need+start*", nil).orBlank(),
		col(roleCode, "Primary Need Code", "primary need*", needSet).mark(),
		col(roleDay, "Date Child Was Last Seen", "last seen", nil).orBlank(),
		col(roleEnded, "CIN Closure Date", "closure date | cin closure+date", nil).orBlank(),
		col(roleCoded, "Reason for Closure", "reason+closure", closureSet).orBlank(),
		col(roleCoded, "Case Status", "case status", statusSet).mark(), team, worker)},
	{kind: List7, number: "7", name: "child protection plans", fact: care.ProtectionPlan, once: true, columns: person(disabled,
		col(roleBegan, "Child Protection Plan Start Date", "plan start* | cp+start*", nil).mark(),
		col(roleCoded, "Initial Category of Abuse", "initial category*", abuseSet),
		col(roleCode, "Latest Category of Abuse", "latest category* | current category*", abuseSet).mark(),
		col(roleDay, "Date of the Last Statutory Visit", "statutory visit*", nil).orBlank(),
		col(roleCoded, "Was the Child Seen Alone?", "seen alone", seenSet).orBlank(),
		col(roleDay, "Date of latest review conference", "review conference*", nil).orBlank(),
		col(roleEnded, "Child Protection Plan End Date", "plan end* | cp+end date", nil).orBlank(),
		col(roleCoded, "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)", "emergency protection* | police powers*", yesNoSet),
		col(roleCount, "Number of Previous Child Protection Plans", "previous child protection* | previous cp*", nil), team, worker)},
	{kind: List8, number: "8", name: "children in care", fact: care.LookedAfter, once: true, columns: person(childrenInCare...)},
	{kind: List9, number: "9", name: "care leavers", fact: care.CareLeaver, once: true, columns: person(
		col(roleUasc, "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)", "unaccompanied* | uasc", uasSet), disabled,
		team, worker, col(roleDropped, "Allocated Personal Advisor", "personal advis*", nil),
		col(roleCoded, "Eligibility Category", "eligibility*", eligibilitySet).mark(),
		col(roleDay, "Latest Pathway Plan Review Date", "pathway plan*", nil).orBlank(),
		col(roleCode, "LA in Touch", "in touch", touchSet).mark(),
		col(roleDay, "Latest Date of Contact", "date of contact | latest contact* | last contact*", nil).orBlank(),
		col(roleCoded, "Type of Accommodation", "type of accom* | accommodation type", accommodationSet).orBlank(),
		col(roleCoded, "Suitability of Accommodation", "suitability*", suitabilitySet).orBlank(),
		col(roleCoded, "Activity Status", "activity*", activitySet).orBlank())},
	{kind: List10, number: "10", name: "adoption", columns: []column{childID,
		col(roleDropped, "Family identifier", "family identifier*", nil), gender, ethnicity, birth, age, disabled,
		col(roleDay, "Date the Child Entered Care", "entered care", nil),
		col(roleDay, "Date of Decision that Child Should be Placed for Adoption", "decision+should be placed", nil).mark(),
		col(roleDay, "Date of Placement Order", "placement order", nil),
		col(roleDay, "Date of Matching Child and Prospective Adopters", "matching*", nil),
		col(roleDay, "Date Placed for Adoption", "date placed for adoption", nil),
		col(roleDay, "Date of Adoption Order", "adoption order", nil),
		col(roleDay, "Date of Decision that Child Should No Longer be Placed for Adoption", "decision+no longer", nil),
		col(roleCoded, "Reason Why Child No Longer Placed for Adoption", "reason+no longer", reversedSet),
		col(roleDay, "Date the child was placed for fostering in FFA or concurrent planning placement", "ffa | concurrent*", nil)}},
	{kind: List11, number: "11", name: "adopters", columns: []column{
		col(roleChild, "Individual adopter identifier", "adopter identifier* | adopter id", nil).mark(),
		col(roleDropped, "Family identifier", "family identifier*", nil), gender, ethnicity,
		col(roleCoded, "Disability", "disab*", disabilitySet),
		col(roleCoded, "Is the (prospective) adopter fostering for adoption?", "fostering for adoption*", fosteringSet),
		col(roleDay, "Date enquiry received", "enquiry received", nil).mark(),
		col(roleDay, "Date Stage 1 started", "", nil), col(roleDay, "Date Stage 1 ended", "", nil), col(roleDay, "Date Stage 2 started", "", nil),
		col(roleDay, "Date Stage 2 ended", "", nil), col(roleDay, "Date application submitted", "", nil), col(roleDay, "Date application approved", "", nil),
		col(roleDay, "Date adopter matched with child(ren)", "adopter matched*", nil), col(roleDay, "Date child/children placed with adopter(s)", "placed with adopter*", nil),
		col(roleCount, "No. of children placed", "no of children* | number of children*", nil), col(roleDay, "Date of Adoption Order", "adoption order", nil),
		col(roleDay, "Date of leaving adoption process", "date+leaving*", nil),
		col(roleCoded, "Reason for leaving adoption process", "reason+leaving*", leavingSet)}},
}

var childrenInCare = []column{
	col(roleUasc, "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", "unaccompanied* | uasc", uasSet), disabled,
	col(roleBegan, "Date Started to be Looked After", "started+looked after | start+looked after", nil).mark(),
	col(roleCoded, "Child's Category of Need", "category of need*", needSet),
	col(roleCoded, "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)", "subsequent period*", yesNoSet),
	col(roleDay, "Start date of current legal status", "start+legal status", nil),
	col(roleCode, "Child's Legal Status", "legal status+-start*+-date", legalSet).mark(),
	col(roleDay, "Date of Latest Statutory Review", "statutory review*", nil).orBlank(),
	col(roleDay, "Date of Last Social Work Visit", "social work* visit* | social work visit*", nil).orBlank(),
	col(roleCoded, "What is the permanence plan for this child?", "permanen*", permanenceSet).orBlank(),
	col(roleDay, "Date of Last IRO Visit / Contact to the Child", "iro", nil).orBlank(),
	col(roleDay, "Date of Last Health Assessment", "health assessment*", nil).orBlank(),
	col(roleDay, "Date of Last Dental Check", "dental*", nil).orBlank(),
	col(roleCount, "Number of Placements in the Last 12 months", "number of placements* | no of placements*", nil),
	col(roleEnded, "Date Ceased to be Looked After", "date+ceased", nil).orBlank(),
	col(roleCoded, "Reason Ceased to be Looked After", "reason+ceased", ceasedSet).orBlank(),
	col(roleDay, "Start Date of Most Recent Placement", "start+recent placement*", nil),
	col(roleCoded, "Placement Type", "placement type* | type of placement", placeSet),
	col(roleCoded, "Placement Provider", "placement provider* | provider", providerSet),
	col(roleDropped, "Placement postcode", "postcode* | post code", nil),
	col(roleDropped, "URN of Placement", "urn", nil),
	col(roleCoded, "Placement Location", "placement location* | location", insideSet),
	col(rolePlace, "LA of Placement", "la of placement | authority of placement | placement la", nil),
	col(roleAway, "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months", "number+missing | episodes+missing", nil),
	col(roleAway, "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months", "number+absent | episodes+absent", nil),
	col(roleAway, "Was the child offered a Return Interview after their last missing episode (Y/N)?", "offered+interview*", offeredSet).orBlank(),
	col(roleAway, "Did the child accept a Return Interview after their last missing episode (Y/N)?", "accept*+interview*", acceptedSet).orBlank(),
	team, worker,
}
