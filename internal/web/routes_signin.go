package web

import "stablefutures/internal/access"

// signInRoutes are how people prove who they are, and how they choose to.
func (s *Server) signInRoutes() []route {
	return []route{
		{pattern: "POST /sign-in/passkey/ask", open: true, handle: s.askForPasskey},
		{pattern: "POST /sign-in/passkey", open: true, handle: s.signInWithPasskey},
		{pattern: "GET /sign-in/provider/{council}", open: true, handle: s.toProvider},
		{pattern: "GET " + providerBack, open: true, handle: s.fromProvider},
		{pattern: "GET /set-up", open: true, handle: s.showInvitation},
		{pattern: "POST /set-up", open: true, handle: s.openInvitation},

		{pattern: "GET /confirm", act: access.OwnAccount, handle: s.showConfirm},
		{pattern: "POST /confirm", act: access.OwnAccount, handle: s.confirm},
		{pattern: "POST /confirm/passkey/ask", act: access.OwnAccount, handle: s.askPasskeyToConfirm},
		{pattern: "POST /confirm/passkey", act: access.OwnAccount, handle: s.confirmWithPasskey},
		{pattern: "GET /confirm/provider", act: access.OwnAccount, handle: s.confirmAtProvider},

		{pattern: "GET /account/set-up", act: access.OwnAccount, first: true, handle: s.showSetUp},
		{pattern: "POST /account/set-up", act: access.OwnAccount, first: true, handle: s.setUp},
		{pattern: "GET /account/set-up/picture.png", act: access.OwnAccount, first: true, handle: s.showAppPicture},
		{pattern: "GET /account/codes", act: access.OwnAccount, handle: s.showCodes},
		{pattern: "POST /account/codes", act: access.OwnAccount, handle: s.makeCodes},
		{pattern: "GET /account/passkeys/new", act: access.OwnAccount, handle: s.showNewPasskey},
		{pattern: "POST /account/passkeys/ask", act: access.OwnAccount, first: true, handle: s.askForNewPasskey},
		{pattern: "POST /account/passkeys", act: access.OwnAccount, first: true, handle: s.addPasskey},
		{pattern: "POST /account/passkeys/remove", act: access.OwnAccount, handle: s.removePasskey},
		{pattern: "POST /account/sessions/end", act: access.OwnAccount, handle: s.endSession},
		{pattern: "POST /account/sessions/end-others", act: access.OwnAccount, handle: s.endOtherSessions},
	}
}
