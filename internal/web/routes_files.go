package web

// filesRoutes are taking files in.
func (s *Server) filesRoutes() []route { return nil }
