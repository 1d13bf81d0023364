package register

// Ids of the fields. They are stored: never rename one.
const (
	FieldState                 = "state"
	FieldSuspectedOn           = "suspected-on"
	FieldSuspectedWhy          = "suspected-why"
	FieldFirstResponder        = "first-responder"
	FieldFirstResponderPlace   = "first-responder-location"
	FieldReferredOn            = "referred-on"
	FieldUnder18Now            = "under-18-now"
	FieldUnder18Then           = "under-18-then"
	FieldAuthorityContacted    = "authority-contacted"
	FieldRoute                 = "route"
	FieldHomeOfficeReferences  = "home-office-references"
	FieldReasonableGrounds     = "reasonable-grounds"
	FieldReasonableGroundsOn   = "reasonable-grounds-on"
	FieldConclusiveGrounds     = "conclusive-grounds"
	FieldConclusiveGroundsOn   = "conclusive-grounds-on"
	FieldClosedOn              = "closed-on"
	FieldClosedReason          = "closed-reason"
	FieldExploitedWhere        = "exploited-where"
	FieldTowns                 = "towns"
	FieldCountries             = "countries"
	FieldStillExploited        = "still-exploited"
	FieldLastContact           = "last-contact"
	FieldForms                 = "forms"
	FieldTypes                 = "types"
	FieldCountyLines           = "county-lines"
	FieldFutureConcerns        = "future-concerns"
	FieldFutureConcernsDetails = "future-concerns-details"
	FieldCrimeReference        = "crime-reference"
	FieldSupportWanted         = "support-wanted"
	FieldGender                = "gender"
	FieldNationality1          = "nationality-1"
	FieldNationality2          = "nationality-2"
	FieldInterpreterNeeded     = "interpreter-needed"
	FieldLanguage              = "language"
	FieldCommunicationAid      = "communication-aid"
	FieldSafeContact           = "safe-contact"
	FieldUnsafeContact         = "unsafe-contact"
	FieldContactNote           = "contact-note"
	FieldGuardian              = "guardian"
	FieldGuardianKind          = "guardian-kind"
	FieldGuardianRequestedOn   = "guardian-requested-on"
	FieldGuardianAllocatedOn   = "guardian-allocated-on"
	FieldGuardianEndedOn       = "guardian-ended-on"
	FieldNote                  = "note"
)

// Option ids that rules speak of. They are stored.
const (
	Yes    = "yes"
	No     = "no"
	Unsure = "unsure"

	Undecided = "waiting" // a decision not yet made
	Positive  = "positive"
	Negative  = "negative"
	Withdrawn = "withdrawn"

	RouteDevolved = "devolved-decision-pilot"

	TypeCriminal    = "criminal"
	TypeUnknownPast = "unknown-past"
	TypeFeared      = "feared"

	GuardianNotInArea    = "not-in-area"
	GuardianNotRequested = "not-requested"
	GuardianRequested    = "requested"
	GuardianAllocated    = "allocated"
	GuardianDeclined     = "declined"
	GuardianEnded        = "ended"
)
