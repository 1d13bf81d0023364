package fiction

import "stablefutures/internal/conversation"

// sayings are what young people might say to an outcome: where it is well, where it is
// not. Every word is invented.
type sayings struct{ well, ill []string }

// said are the sayings by outcome of the working edition.
var said = map[string]sayings{
	"equality":            {[]string{"At the club nobody asks where I am from.", "They gave me the same bus pass as the others."}, []string{"I wait longer than the others, always.", "In the shop they watch me."}},
	"being-believed":      {[]string{"She wrote it down the first time and did not ask again.", "He believed me."}, []string{"Every new person asks all of it again.", "I think she does not believe me."}},
	"child-first":         {[]string{"He asked about football first, then the papers.", "They see that I am good at drawing."}, []string{"They say I look older.", "For them I am a case."}},
	"not-punished":        {[]string{"My lawyer told the court what happened.", "They helped me, they did not shout."}, []string{"I am still waiting for the court.", "They did not let me explain."}},
	"culture":             {[]string{"I found a church where they sing in my language.", "Now I cook injera on Sundays."}, []string{"There is no mosque near here.", "I miss the food."}},
	"best-interests":      {[]string{"They asked what I want before the meeting.", "This time they thought about me."}, []string{"They moved me because the bed was needed.", "Nobody asked if it is good for me."}},
	"guardian":            {[]string{"She comes every week, and she answers her phone.", "He was in the meeting for me."}, []string{"She is kind but she changes.", "I had three in one year."}},
	"legal-advice":        {[]string{"The lawyer explained it two times until I understood.", "Now I know what my rights are."}, []string{"The lawyer is always busy.", "I do not know who can tell me."}},
	"procedures":          {[]string{"They told me what comes next.", "The interview had breaks, that helped."}, []string{"Still waiting.", "A letter came and I cannot read it."}},
	"home":                {[]string{"It is quiet. I can lock my door.", "I have my own key now."}, []string{"The others are loud at night.", "I do not know how long I can stay."}},
	"trust":               {[]string{"I can tell my carer things.", "He does what he says."}, []string{"They change, so I do not start again.", "I trust my friend, not the adults."}},
	"safety":              {[]string{"I have a new number. Nobody from before has it.", "I know who to call at night."}, []string{"I do not walk alone in the evening.", "Somebody wrote to me again."}},
	"freedom":             {[]string{"I go to the gym by myself.", "I choose what I do on Saturday."}, []string{"I have to ask for everything.", "Be back at seven, always."}},
	"physical-health":     {[]string{"The doctor gave me glasses. I see the board now.", "I sleep better."}, []string{"My tooth hurts since March.", "I wake up many times."}},
	"emotional-wellbeing": {[]string{"Boxing helps. After it my head is quiet.", "I talk to a woman on Tuesdays. It is good."}, []string{"I am on the list for someone to talk to.", "Some days I stay in bed."}},
	"education":           {[]string{"I moved up to the next English class.", "My teacher says I can do maths A level."}, []string{"I have been waiting for a place since September.", "The lessons are too easy."}},
	"friends":             {[]string{"We play cricket in the park.", "My neighbour says hello now."}, []string{"All my friends are in the other town.", "At break I sit alone."}},
	"family":              {[]string{"I talk to my sister every Sunday.", "The Red Cross found my aunt."}, []string{"I do not know where my brother is.", "The phone costs too much."}},
	"adulthood":           {[]string{"I opened a bank account.", "I start at the barber on Monday."}, []string{"Nobody told me what happens when I am 18.", "I want to work and I may not yet."}},
	"hope":                {[]string{"I want to be an electrician. I know the course.", "In summer we go to the sea."}, []string{"I do not think about later.", "It was the same last time."}},
	"listened-to":         {[]string{"She wrote it down and did it.", "They asked me and then they changed it."}, []string{"They nod, and then nothing.", "I asked two times already."}},
	"told":                {[]string{"The new interpreter is good.", "They sent it in my language."}, []string{"Nobody told me.", "The interpreter speaks another dialect."}},
	"decisions":           {[]string{"I said no to the first plan, and we made another.", "I was in the meeting, at the table."}, []string{"They had decided before I came.", "The meeting was when I have college."}},
	"my-rights":           {[]string{"I complained about the food. It is better.", "She asks before she tells anyone."}, []string{"Too many people know my story.", "I do not know who I can complain to."}},
	"changing-services":   {[]string{"We told the council what is wrong with the taxis. They changed it.", "I showed the new boy around."}, []string{"They asked us, and then we heard nothing.", "I would like to help, nobody asks."}},
}

// words are what a young person might say with an answer to an outcome.
func (t *talker) words(outcome string, r conversation.Reading) string {
	about := said[outcome]
	switch {
	case r.State != conversation.Answered:
		return one(t.w, []string{"Not today.", "I do not want to talk about this one.", "Ask me another time."})
	case r.Value == 3:
		return one(t.w, []string{"Some days yes, some days no.", "It changes.", "It is OK, not more.", "Better than before, but slow."})
	case r.Value > 3 && len(about.well) > 0:
		return one(t.w, about.well)
	case len(about.ill) > 0 && r.Value < 3:
		return one(t.w, about.ill)
	}
	return one(t.w, []string{"It is like that.", "You know how it is."})
}
