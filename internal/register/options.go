package register

// The vocabulary follows the NRM digital referral form, the Home Office's NRM
// statistics (main types) and the guardianship schemes of the four nations, as
// summed up in the project's notes on the returns.
var (
	yesNoUnsure = []Option{{Yes, "Yes"}, {No, "No"}, {Unsure, "Not sure"}}

	stateOptions = []Option{
		{string(Referred), "Referred to the NRM"},
		{string(Suspected), "Suspected, not referred"},
	}
	routeOptions = []Option{
		{"single-competent-authority", "Home Office: Single Competent Authority"},
		{"immigration-enforcement", "Home Office: Immigration Enforcement Competent Authority"},
		{RouteDevolved, "Devolved decision-making pilot"},
	}
	decisionOptions = []Option{
		{Undecided, "Waiting for a decision"}, {Positive, "Positive"}, {Negative, "Negative"}, {Withdrawn, "Withdrawn"},
	}
	closedOptions = []Option{
		{"decided", "All decisions made"},
		{"withdrawn", "Referral withdrawn"},
		{"suspended", "Suspended by the competent authority"},
		{"moved", "Another authority took over"},
		{"left-uk", "Left the United Kingdom"},
		{"died", "Died"},
		{"in-error", "Recorded in error"},
		{"other", "Other reason"},
	}
	whereOptions = []Option{{"uk", "In the United Kingdom"}, {"overseas", "Overseas"}, {"both", "Both"}}

	lastContactOptions = []Option{
		{"within-week", "Within the last week"},
		{"within-month", "Within the last month"},
		{"within-3-months", "Within the last 3 months"},
		{"within-6-months", "Within the last 6 months"},
		{"6-to-12-months", "6 to 12 months ago"},
		{"over-a-year", "Over a year ago"},
		{"not-sure", "Not sure"},
	}
	formOptions = []Option{
		{"forced-work", "Forced to work for nothing or almost nothing"},
		{"wages-taken", "Wages taken by somebody else"},
		{"forced-fraud", "Forced to commit fraud"},
		{"prostitution", "Forced into prostitution"},
		{"child-sexual-exploitation", "Child sexual exploitation"},
		{"taken-and-assaulted", "Taken somewhere and sexually assaulted"},
		{"forced-crime", "Forced to commit a crime (such as growing cannabis, dealing drugs, begging)"},
		{"organs-removed", "Organs removed"},
		{"household-work", "Unpaid household work"},
		{"other", "Another form"},
	}
	typeOptions = []Option{
		{TypeCriminal, "Criminal"},
		{"labour", "Labour"},
		{"sexual", "Sexual"},
		{"domestic-servitude", "Domestic servitude"},
		{"organ-removal", "Organ removal"},
		{TypeUnknownPast, "Past exploitation, type not known"},
		{TypeFeared, "Feared for the future"},
	}
	genderOptions = []Option{
		{"female", "Female"}, {"male", "Male"}, {"neither", "Neither"}, {"not-known", "Not known"},
	}
	contactOptions = []Option{
		{"phone-call", "Phone call"},
		{"text-message", "Text message"},
		{"email", "Email"},
		{"letter", "Letter"},
		{"visit", "Visit where they live"},
		{"social-media", "Social media or messaging app"},
		{"through-carer", "Through the carer or home"},
		{"through-school", "Through school or college"},
		{"through-worker", "Through the social worker"},
	}
	guardianOptions = []Option{
		{GuardianNotInArea, "No guardianship service in this area"},
		{GuardianNotRequested, "Not requested"},
		{GuardianRequested, "Requested"},
		{GuardianAllocated, "Allocated"},
		{GuardianDeclined, "Declined"},
		{GuardianEnded, "Ended"},
	}
	guardianKindOptions = []Option{
		{"direct-worker", "Direct worker"},
		{"regional-practice-coordinator", "Regional practice co-ordinator"},
		{"post-18-worker", "Post-18 worker"},
		{"guardianship-scotland", "Guardianship Scotland"},
		{"independent-guardian-ni", "Independent guardian, Northern Ireland"},
	}
)
