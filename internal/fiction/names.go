package fiction

// Given and family names, put together at random. They are common ones and
// belong to nobody in particular.
var (
	girls = []string{"Amelia", "Bethany", "Chloe", "Daisy", "Ellie", "Freya", "Grace", "Hollie", "Isla", "Jasmine", "Keira", "Lacey", "Maisie", "Niamh", "Poppy", "Ruby", "Scarlett", "Tia", "Willow", "Zara"}
	boys  = []string{"Aaron", "Ben", "Callum", "Dylan", "Ethan", "Finley", "George", "Harvey", "Isaac", "Jayden", "Kian", "Liam", "Mason", "Noah", "Oscar", "Reece", "Sam", "Tyler", "Will", "Zac"}
	last  = []string{"Ashdown", "Birchall", "Coldwell", "Darby", "Elmhirst", "Fairlie", "Garside", "Hartley", "Ibbotson", "Jessop", "Kirkby", "Lockwood", "Midgley", "Nuttall", "Oakes", "Pickles", "Rushton", "Sugden", "Thackray", "Wadsworth"}
)

// abroad are names by language, given names of boys and girls, and family names.
var abroad = map[string]struct{ boys, girls, last []string }{
	"Albanian":         {[]string{"Arben", "Dritan", "Erion", "Klodian", "Luan"}, []string{"Elira", "Mirela"}, []string{"Gashi", "Hoxha", "Leka", "Marku"}},
	"Vietnamese":       {[]string{"Minh", "Quang", "Tuấn", "Huy"}, []string{"Linh", "Hương", "Mai"}, []string{"Nguyễn", "Trần", "Lê", "Phạm"}},
	"Tigrinya":         {[]string{"Filmon", "Natnael", "Yonas", "Merhawi"}, []string{"Selam", "Feven"}, []string{"Tesfay", "Habte", "Kidane"}},
	"Arabic":           {[]string{"Adam", "Yasin", "Mustafa", "Idris"}, []string{"Amal", "Huda"}, []string{"Osman", "Ishaq", "Bashir"}},
	"Pashto":           {[]string{"Zabi", "Hamid", "Farid", "Wais"}, []string{"Palwasha"}, []string{"Safi", "Zadran", "Stanekzai"}},
	"Kurdish (Sorani)": {[]string{"Rebin", "Aram", "Karwan"}, []string{"Shilan"}, []string{"Rasul", "Hama", "Qadir"}},
	"Amharic":          {[]string{"Dawit", "Abel", "Henok"}, []string{"Hiwot"}, []string{"Bekele", "Alemu"}},
}

// name invents a name; language is empty for somebody from here.
func (w *World) name(sex, language string) string {
	given, family := boys, last
	if sex == "F" {
		given = girls
	}
	if names, ok := abroad[language]; ok {
		given, family = names.boys, names.last
		if sex == "F" {
			given = names.girls
		}
	}
	return one(w, given) + " " + one(w, family)
}
