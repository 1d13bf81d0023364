package web

// talksRoutes are conversations and the outcomes view.
func (s *Server) talksRoutes() []route { return nil }
