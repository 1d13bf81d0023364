package web

// figuresRoutes are the overview, the answer and their downloads.
func (s *Server) figuresRoutes() []route { return nil }
