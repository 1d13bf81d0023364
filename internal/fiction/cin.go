package fiction

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"stablefutures/internal/date"
)

// The CIN census, as far as it is written here.
type cinMessage struct {
	XMLName  xml.Name   `xml:"Message"`
	Header   cinHeader  `xml:"Header"`
	Children []cinChild `xml:"Children>Child"`
}

type cinHeader struct {
	Collection    string `xml:"CollectionDetails>Collection"`
	Year          string `xml:"CollectionDetails>Year"`
	ReferenceDate string `xml:"CollectionDetails>ReferenceDate"`
	Level         string `xml:"Source>SourceLevel"`
	LEA           string `xml:"Source>LEA"`
	Software      string `xml:"Source>SoftwareCode"`
}

type cinChild struct {
	ID        string `xml:"ChildIdentifiers>LAchildID"`
	UPN       string `xml:"ChildIdentifiers>UPN,omitempty"`
	NoUPN     string `xml:"ChildIdentifiers>UPNunknown,omitempty"`
	Born      string `xml:"ChildIdentifiers>PersonBirthDate"`
	Sex       string `xml:"ChildIdentifiers>Sex"`
	Ethnicity string `xml:"ChildCharacteristics>Ethnicity"`
	Details   cinDetails
}

type cinDetails struct {
	XMLName   xml.Name      `xml:"CINdetails"`
	Referred  string        `xml:"CINreferralDate"`
	Source    string        `xml:"ReferralSource"`
	Need      string        `xml:"PrimaryNeedCode"`
	Assessed  cinAssessment `xml:"Assessments"`
	NoFurther string        `xml:"ReferralNFA"`
}

type cinAssessment struct {
	Started    string   `xml:"AssessmentActualStartDate"`
	Authorised string   `xml:"AssessmentAuthorisationDate"`
	Factors    []string `xml:"FactorsIdentifiedAtAssessment>AssessmentFactors"`
}

// cin is one year's census: the children whose assessment ended in the year.
func (w *World) cin(year date.Date) File {
	message := cinMessage{Header: cinHeader{Collection: "CIN", Year: string(year)[:4], ReferenceDate: string(year), Level: "L", LEA: AuthorityCode, Software: "Fictional"}}
	for _, p := range sorted(w.children) {
		if !p.assessed.Known() || p.assessed.YearEnding() != year {
			continue
		}
		c := cinChild{ID: p.id, UPN: p.upn, Born: string(p.born), Sex: p.sex, Ethnicity: p.ethnicity, Details: cinDetails{
			Referred: string(p.assessed.AddDays(-50)), Source: w.source(p), Need: p.episodes[0].need, NoFurther: "0",
			Assessed: cinAssessment{Started: string(p.assessed.AddDays(-45)), Authorised: string(p.assessed), Factors: p.factors},
		}}
		if c.UPN == "" {
			c.NoUPN = "UN2"
		}
		message.Children = append(message.Children, c)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	out := xml.NewEncoder(&b)
	out.Indent("", "  ")
	if err := out.Encode(message); err != nil { // plain strings into a bytes.Buffer cannot fail
		panic(fmt.Sprintf("fiction: write the census: %v", err))
	}
	return File{Name: fmt.Sprintf("CIN census %s (fictional).xml", string(year)[:4]), Data: b.Bytes()}
}

// source is who referred: for unaccompanied children mostly immigration officers
// (7), otherwise mostly the police and schools.
func (w *World) source(p *person) string {
	if p.uasc {
		return pick(w, []weighted[string]{{"7", 7}, {"6", 3}})
	}
	return pick(w, []weighted[string]{{"6", 30}, {"2A", 22}, {"3E", 6}, {"3A", 6}, {"5A", 14}, {"1A", 8}, {"8", 14}})
}
