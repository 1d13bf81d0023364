package annexa

// needSet is the primary need of a child in need and the category of need of a
// child in care. N9 is "cases other than children in need".
var needSet = newSet("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9 N10=N9 NO=N0", `
N0: need code not* | no need code* | information received | not recorded | not specified | unknown | not stated
N9: other than child* | child death | child in need other | have been adopted* | not cin | not in need | not child in need | no child in the case* | o cin | =other | step parent* | stepparent adoption
N8: absent parent* | absent | abp* | having no parents* | 8absprnt | privately fostered | =16 17 yr old homeless | previously in care | uasc | parents died | /^8[a-z] / | asylum seeker*
N1: trilogy of risk | modern slavery | /^1[a-j] / | abs emot | abs phys | significant harm+-dysfunction* | section 47 | physical harm | sexual exploitation+-n6e1 | substance misuse+-socially*+-parent*+-n3a | substance misue | emotional abuse | sexual abuse | physical abuse | abuse or neglect*
N7: low income* | inc hles | 7lowincm | income below*
N6: unacceptable* | 6socunac | /^6[a-z] / | behaviour impacting*
N6: bhv sexa
N5: dysfunction* | fst behv | fst dvio | fst s17 | 5famdysf | /^5[a-z] / | fds care | fds emot | fds stab | fst hles | fst ill | fst othr | control issues | chronically inadequate | private fostering
N4: acute stress | missing person | other parenting issues | accute stress | acute distress | temporary crisis* | /^4[a-z] / | financial problems | =homeless | social isolation* | homelessness
N3: parent*+illness | parental*+disab* | parent*+disab*+-children with | /^3[a-z] / | 3parntil | par drg | par men | par alc | parental* | alcoholic parents | mentally ill parent* | drug taking parents | children whose parents*
N2: /^2[a-z] / | disab* | disablilty* | b5 b5a | dis ebhv | dis lrn | dis sens | dis phys | 2chlddis | frailty* | learning disability* | mental health* | own disability | physical support* | sensory support* | serious illness | cognitive impair* | cyads* | occupational therapy | physical* 
N1: abuse* | neglect*
`)

// closureSet is why the case of a child in need was closed.
var closureSet = newSet("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9", `
RC1: adopted | adoption order*
RC2: died | deceased
RC4: special guardianship*
RC3: residence order* | child arrangements order*
RC9: referred to early help | step down to early help team following* | step down to early help closed* | de escalation to early help
RC8: no step down*
~closed after assessment, whether referred to early help is not said: =eha step down | eha single agency | referred to other services | =case closed | refused services
RC7: not to be in need after referral | rc0 | prior to assessment* | step* | early help* | reviewed no longer* | no further cin review* | referral inappropriate | inappropriate | assessment terminated*
RC6: adult+-out of area
RC5: another la* | other local authorit* | another local authorit* | other la | out of area | other agency
RC8: after assess* | nfa referral to gateway* | after initial*
RC7: ceased* | any other reason* | closed for any other* | case closed aim* | aim achieved | work completed | objectives met | =other | no further action | nfa | withdraw* | reached 18 | turned 18 | age of young person | auto closed* | changed status* | workflow ended | change in circumstances | create a looked after* | disability enablement* | ehcp | episode cancelled | no longer engaging | future directions* | information and advice* | intensive adolescent* | no assessment* | no further social work* | transfer denied | record of short breaks* | external agency | another smbc department | =school | zzcaf* | zzduplicate* | outcome ntfmch
`)

// statusSet is where a case in list 6 stands.
var statusSet = newSet("CLA=looked_after_child LAC=looked_after_child CPP=child_protection_plan CIN=child_in_need_plan", `
looked after child: looked after* | cla
closed episode: closed* | care leaver
child protection plan: child protection* | cp plan | cpp
child in need plan: child in need* | cin plan
open assessment: open as* | open assessment
`)

// abuseSet is a category of abuse; four letters of Y and N stand for neglect,
// physical, sexual and emotional abuse, in that order.
var abuseSet = newSet(`NEG PHY SAB EMO MUL YNNN=NEG NYNN=PHY NNYN=SAB NNNY=EMO
	YYNN=MUL YNYN=MUL YNNY=MUL NYYN=MUL NYNY=MUL NNYY=MUL YYYN=MUL YYNY=MUL YNYY=MUL NYYY=MUL YYYY=MUL`, `
MUL: multiple* | negl*+physical* | negl*+sexual* | negl*+emotional* | physical*+sexual* | physical*+emotional* | sexual*+emotional*
NEG: negl*
PHY: physical*
SAB: sexual*
EMO: emotional*
`)
