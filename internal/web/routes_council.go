package web

// councilRoutes are accounts, the access table and what is said about the program.
func (s *Server) councilRoutes() []route { return nil }
