package web

import "stablefutures/internal/access"

// languagesRoutes are the words of young people's pages, for those who keep them.
func (s *Server) languagesRoutes() []route {
	return []route{
		{pattern: "GET /languages", act: access.KeepWords, handle: s.showLanguages},
		{pattern: "GET /languages/{language}", act: access.KeepWords, handle: s.showLanguage},
		{pattern: "POST /languages/{language}", act: access.KeepWords, upload: true, handle: s.sendWords},
		{pattern: "GET /languages/{language}/words.xlsx", act: access.KeepWords, handle: s.downloadWords},
		{pattern: "GET /languages/{language}/sent/{file}", act: access.KeepWords, handle: s.showSentWords},
		{pattern: "POST /languages/{language}/sent/{file}/take", act: access.KeepWords, handle: s.takeWords},
		{pattern: "POST /languages/{language}/sent/{file}/drop", act: access.KeepWords, handle: s.dropWords},
		{pattern: "GET /languages/{language}/page/{key}", act: access.KeepWords, handle: s.showText},
		{pattern: "POST /languages/{language}/page/{key}", act: access.KeepWords, handle: s.keepText},
		{pattern: "GET /languages/{language}/edition/{edition}/{key}", act: access.KeepWords, handle: s.showText},
		{pattern: "POST /languages/{language}/edition/{edition}/{key}", act: access.KeepWords, handle: s.keepText},
	}
}
