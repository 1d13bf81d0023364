package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"stablefutures/internal/service"
)

// deviceCookie is kept by a browser in which somebody has signed in: its owner does
// not wait for what others try. It opens nothing.
const deviceCookie = "device"

// visitor is from where somebody asks.
func (s *Server) visitor(r *http.Request) service.Visitor {
	from := service.Visitor{Address: s.addressOf(r), Browser: browserOf(r.UserAgent())}
	if c, err := r.Cookie(s.bound(deviceCookie)); err == nil && len(c.Value) < 200 {
		from.Device = c.Value
	}
	return from
}

// addressOf is the address of who asks, or its network where one house has many. A
// proxy is believed only on this machine, and where the operator said that there is one.
func (s *Server) addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	if list := r.Header.Values("X-Forwarded-For"); s.opt.Secure && address.IsLoopback() && len(list) > 0 {
		names := strings.Split(list[len(list)-1], ",")
		if told, err := netip.ParseAddr(strings.TrimSpace(names[len(names)-1])); err == nil {
			address = told
		}
	}
	if address = address.Unmap(); address.Is6() {
		if network, err := address.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}

// browserOf is the family of a browser: enough to tell one's own devices apart, too
// little to tell a machine from others.
func browserOf(agent string) string {
	for _, family := range []struct{ mark, name string }{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	} {
		if strings.Contains(agent, family.mark) {
			return family.name
		}
	}
	return ""
}

// remember lets a browser keep that somebody signed in with it.
func (s *Server) remember(device string) *http.Cookie {
	return &http.Cookie{Name: s.bound(deviceCookie), Value: device, Path: "/", MaxAge: int((180 * 24 * time.Hour).Seconds()),
		HttpOnly: true, Secure: s.opt.Secure, SameSite: http.SameSiteLaxMode}
}

// site is where the pages are, as the browser sees it: as the operator said, or as the
// browser asked. A browser gives a passkey only to the site for which it was made.
func (s *Server) site(r *http.Request) service.Site {
	address := s.opt.Address
	if address == "" {
		address = "http://" + r.Host
		if s.opt.Secure {
			address = "https://" + r.Host
		}
	}
	return service.Site{Address: strings.TrimSuffix(address, "/"), Name: "Stable Futures"}
}
