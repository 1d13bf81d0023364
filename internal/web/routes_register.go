package web

// registerRoutes are the pages on which a person adds and corrects what no
// return says: young people, the register, who works with whom, likely matches.
func (s *Server) registerRoutes() []route { return nil }
