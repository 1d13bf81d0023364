package annexa

// sourceSet is where a contact or a referral came from. The words are many, for
// every case system keeps its own list; what says only "health" or "individual"
// is kept in those words.
var sourceSet = newSet(`1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10
	AUNT==1A DAUG==1A DAUI==1A FATH==1A GRSO==1A SON==1A SIS==1A SM==1A PART==1A PEM==1D GRAN==1A MOTH==1A NEI==1B OR==1A CA==1A FREI==1B
	ABS==3F AUD==3F CLN==3F CMAT==3D CON==3F HW==3F MHAT==3F NURS==3D PHY==3F RR==3F NCYPS==3F CAS=3E CMHT==3F CPN==3F HOOT==3F HOSP==3F MIDW==3D OT==3F PCT==3D WR==3F WS==3F
	HOU==4 HOUS==4 SUPO==4 SLIH==4 SUPW==4 WARD==4 ACOM==5A ASAC==5A DC==5A OTLA==5C OTP==5A OTSS==5A SENP==5B COU==5B GATE==5B HCIN==5A LCPA==5A MHO==5A OTOT==5A SSDT==5A SW==5A EDT=5A FSU==5B YOT=5B YOS=5B ASB==5B OLA=5C
	POL=6 CEOP=6 BA==7 CAFS==7 PROB==7 SOL==7 HMP=7 CC==8 HCEX==8 OD==8 P3==8 CH==8 CHAR==8 FIRE==8 IDVA==8 TP==8 VS==8 NSPC==8 NSPCC=8 VCS==8 REFUGE==8 RESH==8 NK==10`, `
9: anonymous+-not known+-unknown+-individuals | anon
1D: not known to client
10: =not mapped | unknown* | unkown | not known | not recorded
`+sourcesOutside+sourcesHealth+sourcesWithin+sourcesPeople)

const sourcesOutside = `
~police, court or probation, which is not said: police court probation
6: police*+-court+-probation | exploitation and online protection* | national crime agency
7: community rehabilitation* | cafcass* | jafcass | home office* | immigration* | border agency | court*+-police+-adults services | solicitor* | prison* | probation*+-adults services | other legal agency* | legal agency*+-other agency | legal+-services+-police | legalagy | central government* | cengovag | registrars | benefits agency | domestic violence prefessional* | domestic violence professional*
8: voluntary*+-drug | charity | childrens centre*+-early help+-family support+-pias+-key work | children centre*+-family support | childrens centres+-key work | independent agency* | independent provider* | independant provider* | ind agency* | barnardos* | fire and rescue* | fire brigade+london | adoption agency | fostering agency | =agency | care home | caritas | catch 22 | change grow live | commissioned service* | community safety* | department of work* | dept of work* | family intervention project* | forces | ministry of defence* | hostel | inspection body | ofsted* | jobcentre* | nspcc | n s p c c | refugee centre | refuge+-womens refuge | safe centre | service provider | talkshop | taxi driver | third party | third sector | utilities | victim support | womens aid | youth federation | other professional* | other agency* | otheragy | othernsa | othstat | other sources | parenting staff | childrens residential home | nursing residential | p and v provider | ifss* | =other | not listed | vol orgs* | charit* | church | child minder+-early years*+-neighbour*+-neighbours*+-acquaintance* | other team | party concerned | =provider | =resident | residential home | =web | =wired | multicultural* | workplace establishment* | =8 other | other please specify | including childrens centre* | =substance misuse professional | occupational therapy | public other individual | probation other
`

const sourcesHealth = `
~health service: secondary health* a and e* | secondary health aande* | health visitor school nurse | district health care* | community health gp | any health discipline
3F: apart from a and e* | non primary*
3E: emergency dept | a and e*+-not a and e+-hospital co* | casualty | aande | accident or emergency | accident and emergency
3A: gp+-health visitor | g p surgery | general practitioner* | gen pract* | gp practice
3B: health visit* | health visitor* | helthvis
3C: school nurse | school nurses | school nursing | school health
3D: midwi* | primary health* | primhlth | other primary* | community nurse | nursing district* | district health care* | community matron | family nurse
3F: health services other | health serv other | hospice | hospital*+-court | hosptial | camhs* | mental health*+-adults services | paediatric* | psychiatric* | psycholog*+-education+-educational | dentist | ambulance* | clinic | consultant* | drug and alcohol* | drugs and alcohol worker | substance misuse*+-staff+-u19+-adults services | addictions* | sexual health* | walk in centre | nhs* | nurse | nurses | nursing+-nursing home+-nursing residential | audiology | optometrist | physiotherap* | ward staff | ward round | pre birth* | maternity | secondary health* | secnhlth | rapid response | health authority | health other | other health* | birth notification | n a s s | comm psych nurse | allied professional* | health health and wellbeing
5A: adults services*
~health service: health*+-environmental*+-education* | health service* | commhlth | emergency services
`

const sourcesWithin = `
2A: /^(cyp )?schools?$/ | pre school+-dept | nurseries | nursery* | post 16 | 6th form* | primary school* | secondary school* | school+-nurse+-nursing+-early years+-pre school+-not school | schools* | academy* | senco | education schools | early years setting*
2B: not school | education*+-education dept school* | training provider | college | connexions | early years provision | esw service | fe college uni
4: housing*+-other than*+-excluding housing+-excl housing+-not housing+-not social care* | la services hsc | la hous* | homestart | warden | sheltered* | support worker+-family | support officer | supported living*
5D: early help*+-pias+-excluding+-social care+-fpz | family solutions
~council service: internal not csc | other social services depts | =other social care department | =step down
5A: other section in social care
5C: external* | other la* | another la* | other local authorit* | another local authorit* | local authority other la | non notts* | out of borough+social | other ssd
5B: other internal* | dept other than* | not social care* | education dept school* | key work service | start service | not housing | extended service | sen team | other sen* | i art | isend | hearthstone | representative | youth offending* | youth justice* | youth service* | yot | yos | internal other* | other dept* | other department* | youth support* | legal services | benefits service* | neighbourhood officers | targeted* | asb | sure start | portage* | education ssd | internal dept* | other scc* | other hcc* | othersc* | otherscc | lbh other | young peoples service* | young peoples services | other section* | northumberland domestic*
5A: social care*+-not social care* | social services* | social worker* | adult* | emergency duty* | childrens services | children families* | children and famil* | senior practitioner | accomodation manager | childrens social* | out of hours | intsoc | internal* | family support worker | children with disabilities* | disability staff | residential care staff | step down* | step up*
5B: substance misuse*
~council service: la services* | local authority* | early years* | family matters* | family partnership* | family support* | day centre | resource centre | leaving care* | nursing home | occupational therapist* | manual handling* | mental health staff | gateway* | contact centre | taf meeting | substance misuse staff | drugs and alcohol team | lado | marat | marac | stronger families* | safeguarding* | legal agency court cafcass | council
`

const sourcesPeople = `
1D: member of public known*
1C: self* | self referral*
1B: friend* | neighbour* | acquaintance* | aquaintance* | childminder*
1A: family* | relative* | parent* | mother | father | aunt | uncle | grand* | daughter | son | husband | wife | partner | step father | step mother | sibling | brother | sister | household member | housemem | carer* | otherrel
1D: councillor | elected member | community member | in person | member of household | strangers* | stranger* | elected member | mp councillor | general public | member of public | other individual* | otherind | individual other | individuals anonymous | previous employee | other service user | fire brigade | foster carer
~individual: individual* | individuals* | ind
~council service: services
`
