package foi

// Definitions are the rules in plain English, by the id of what they define.
// They are printed with every answer.
func Definitions() map[string]string {
	return map[string]string{
		"base":             "Children looked after in the year (1 April to 31 March): with an SSDA903 care episode that began by the end of the year and had not ended before its start. Agreed short breaks (legal status V3 and V4) are left out. Where there is no SSDA903 return, Annex A list 8 takes its place. Every group is within this base.",
		Identified:         "On the council's register with a referral to the National Referral Mechanism that was not closed before the year; or with factor 12A (trafficking) on an assessment that ended in the year.",
		Suspected:          "On the council's register as suspected and not referred, and not among those identified.",
		UASC:               "Unaccompanied asylum-seeking children: in the year's UASC file, or flagged in the SSDA903 XML or in Annex A, where the day on which the status ceased is blank or not before the year.",
		Both:               "Identified or suspected, and unaccompanied.",
		"children":         "How many children are in the group.",
		"went_missing":     "How many of them were missing from care (code M, whereabouts not known) at least once, in a period that started in the year or ran into it.",
		"missing_episodes": "How many such missing periods they had in all. Two records of one child that start on the same day are one period.",
		"still_missing":    "How many of them were in a missing period that had not ended when the year ended.",
		"children_absent":  "How many of them were away from placement without authorisation (code A) at least once. This is counted apart from missing.",
		"absences":         "How many such absences they had in all.",
		"suppression":      "Numbers from 1 to 5, and others from which these could be worked out, are not published: c stands in their place, so a c may stand for any number. A zero is a true zero.",
	}
}

// DefinitionIDs is the order in which the definitions are read.
func DefinitionIDs() []string {
	return []string{
		"base", Identified, Suspected, UASC, Both,
		"children", "went_missing", "missing_episodes", "still_missing", "children_absent", "absences", "suppression",
	}
}
