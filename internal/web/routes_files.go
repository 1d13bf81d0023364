package web

import "stablefutures/internal/access"

// filesRoutes are the files that a council makes, read and taken in.
func (s *Server) filesRoutes() []route {
	return []route{
		{pattern: "GET /files", act: access.ImportFiles, handle: s.showFiles},
		{pattern: "POST /files", act: access.ImportFiles, upload: true, handle: s.readUpload},
		{pattern: "GET /files/waiting/{upload}", act: access.ImportFiles, handle: s.showWaiting},
		{pattern: "GET /files/taken/{upload}", act: access.ImportFiles, handle: s.showWaiting},
		{pattern: "POST /files/waiting/{upload}/year", act: access.ImportFiles, handle: s.changeYear},
		{pattern: "POST /files/waiting/{upload}/take", act: access.ImportFiles, handle: s.takeWaiting},
		{pattern: "POST /files/waiting/{upload}/drop", act: access.ImportFiles, handle: s.dropWaiting},
		{pattern: "GET /files/waiting/{upload}/problems.csv", act: access.ImportFiles, handle: s.downloadWaiting},
		{pattern: "GET /files/read/{number}", act: access.ImportFiles, handle: s.showFile},
		{pattern: "GET /files/read/{number}/problems.csv", act: access.ImportFiles, handle: s.downloadFile},
		{pattern: "GET /files/templates/{name}", act: access.ImportFiles, handle: s.downloadTemplate},
	}
}
