package register

// Headings under which fields stand together.
const (
	SectionState        = "Referred or suspected"
	SectionReferral     = "NRM referral"
	SectionDecisions    = "Decisions"
	SectionExploitation = "Exploitation"
	SectionPerson       = "The young person"
	SectionContact      = "Safe contact"
	SectionGuardian     = "Guardian"
	SectionNote         = "Note"
)

// Most items in the lists of words; towns and countries as on the NRM form.
const (
	maxTowns      = 10
	maxCountries  = 10
	maxReferences = 5
)

var fields = []Field{
	choice(FieldState, "State", SectionState, stateOptions,
		"Was the child referred to the National Referral Mechanism, or is exploitation suspected without a referral?"),
	day(FieldSuspectedOn, "Suspected on", SectionState, "The day on which somebody first recorded the suspicion."),
	long(FieldSuspectedWhy, "Why suspected", SectionState, "What points to exploitation, in a sentence or two."),

	text(FieldFirstResponder, "First responder organisation", SectionReferral, "The organisation that made the referral."),
	text(FieldFirstResponderPlace, "First responder location", SectionReferral, "Town or area of the first responder's office."),
	day(FieldReferredOn, "Referred on", SectionReferral, "The day on which the referral was sent to the competent authority."),
	yesNo(FieldUnder18Now, "Under 18 at referral", SectionReferral, "Was the young person under 18, or thought to be, when the referral was made?"),
	yesNo(FieldUnder18Then, "Under 18 when exploited", SectionReferral, "Was the young person under 18 at the time of the exploitation?"),
	yesNo(FieldAuthorityContacted, "Local authority contacted", SectionReferral, "Did the first responder contact the local authority about the child?"),
	choice(FieldRoute, "Competent authority", SectionReferral, routeOptions, "Who decides on the referral."),
	list(FieldHomeOfficeReferences, "Home Office references", SectionReferral, maxReferences, "NRM and other Home Office reference numbers."),

	choice(FieldReasonableGrounds, "Reasonable grounds", SectionDecisions, decisionOptions, "The first decision; aimed at within 5 working days of referral."),
	day(FieldReasonableGroundsOn, "Reasonable grounds on", SectionDecisions, "The day of the reasonable grounds decision."),
	choice(FieldConclusiveGrounds, "Conclusive grounds", SectionDecisions, decisionOptions, "The second decision; not sooner than 30 days after reasonable grounds."),
	day(FieldConclusiveGroundsOn, "Conclusive grounds on", SectionDecisions, "The day of the conclusive grounds decision."),
	day(FieldClosedOn, "Closed on", SectionDecisions, "The day on which the referral was closed. Leave empty while it is open."),
	choice(FieldClosedReason, "Reason closed", SectionDecisions, closedOptions, "Why the referral was closed."),

	choices(FieldTypes, "Exploitation types", SectionExploitation, typeOptions, "The main types, as the NRM statistics count them. More than one may apply."),
	yesNo(FieldCountyLines, "County lines", SectionExploitation, "Does the criminal exploitation include county lines?"),
	choices(FieldForms, "What happened", SectionExploitation, formOptions, "As ticked on the NRM form. More than one may apply."),
	choice(FieldExploitedWhere, "Exploited where", SectionExploitation, whereOptions, "In the United Kingdom, overseas, or both."),
	list(FieldTowns, "Towns of exploitation", SectionExploitation, maxTowns, "Towns or areas, no addresses."),
	list(FieldCountries, "Countries of exploitation", SectionExploitation, maxCountries, "Countries in which the exploitation took place."),
	yesNo(FieldStillExploited, "Still exploited", SectionExploitation, "Is the exploitation still going on?"),
	choice(FieldLastContact, "Last contact with exploiters", SectionExploitation, lastContactOptions, "When the young person was last in contact with the exploiters."),
	yesNo(FieldFutureConcerns, "Future exploitation feared", SectionExploitation, "Is there concern that the young person will be exploited in future?"),
	long(FieldFutureConcernsDetails, "Future exploitation: why", SectionExploitation, "What the concern rests on."),
	text(FieldCrimeReference, "Crime reference", SectionExploitation, "Police crime reference number, where there is one."),
	yesNo(FieldSupportWanted, "Support wanted", SectionExploitation, "Does the young person want support?"),

	choice(FieldGender, "Gender", SectionPerson, genderOptions, "As the young person describes it."),
	text(FieldNationality1, "Nationality", SectionPerson, "Only in this authority's own record: it is left out of what is published."),
	text(FieldNationality2, "Second nationality", SectionPerson, ""),
	yesNo(FieldInterpreterNeeded, "Interpreter needed", SectionPerson, ""),
	text(FieldLanguage, "Language", SectionPerson, "The language in which the young person wants to speak."),
	text(FieldCommunicationAid, "Communication aid", SectionPerson, "What helps the young person to communicate, such as signing or pictures."),

	choices(FieldSafeContact, "Safe to contact by", SectionContact, contactOptions, "Ways that the young person said are safe."),
	choices(FieldUnsafeContact, "Not safe to contact by", SectionContact, contactOptions, "Ways that must not be used. This is honoured everywhere."),
	text(FieldContactNote, "About safe contact", SectionContact, "Anything else to know before making contact. No phone number, no address."),

	choice(FieldGuardian, "Guardian", SectionGuardian, guardianOptions, "Where the request for an independent guardian stands."),
	choice(FieldGuardianKind, "Guardian service", SectionGuardian, guardianKindOptions, "Which kind of guardianship."),
	day(FieldGuardianRequestedOn, "Guardian requested on", SectionGuardian, ""),
	day(FieldGuardianAllocatedOn, "Guardian allocated on", SectionGuardian, ""),
	day(FieldGuardianEndedOn, "Guardian ended on", SectionGuardian, ""),

	long(FieldNote, "Note", SectionNote, "Anything else that matters for this entry. No names of workers."),
}

func choice(id, label, section string, options []Option, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: Choice, Options: options, Help: help}
}

func choices(id, label, section string, options []Option, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: Choices, Options: options, Help: help, Max: len(options)}
}

func yesNo(id, label, section, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: YesNoUnsure, Options: yesNoUnsure, Help: help}
}

func day(id, label, section, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: Day, Help: help}
}

func text(id, label, section, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: Text, Help: help}
}

func list(id, label, section string, most int, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: Text, Help: help, Max: most}
}

func long(id, label, section, help string) Field {
	return Field{ID: id, Label: label, Section: section, Kind: LongText, Help: help}
}
