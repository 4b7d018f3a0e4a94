package choose

import (
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/running"
	"github.com/runproof/runproof/scenarios/suggest"
)

// runningTarget begins a target that somebody else runs.
const runningTarget = "url:"

// RunningFlags are the flags that go with --target url:..., a service that runs already.
type RunningFlags struct {
	// Own are the hosts that the user may try, beside this machine.
	Own []string
	// AllowDestructive says that the service may be changed, DryRun that it is not asked
	// at all.
	AllowDestructive, DryRun bool
	// Tenant is on whose behalf it is asked, TokenFile the file of what it believes that from.
	Tenant, TokenFile string
}

// RunningFlagNames are their names.
var RunningFlagNames = []string{"i-own", "allow-destructive", "dry-run", "tenant", "token-file"}

// Add adds them.
func (f *RunningFlags) Add(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.Own, "i-own", nil, "with --target url:, the `host` of the URL where it is not this machine: you answer for what is asked of it")
	flags.BoolVar(&f.AllowDestructive, "allow-destructive", false, "with --target url:, also send requests that change the service; what they create stays")
	flags.BoolVar(&f.DryRun, "dry-run", false, "with --target url:, print what would be asked, and ask nothing")
	flags.StringVar(&f.Tenant, "tenant", "", "with --target url:, the `name` of the tenant on whose behalf the API is asked")
	flags.StringVar(&f.TokenFile, "token-file", "", "with --target url:, the `file` with a token that the service believes")
}

// given names the first that was given; empty: none was.
func (f RunningFlags) given() string {
	for i, is := range []bool{len(f.Own) > 0, f.AllowDestructive, f.DryRun, f.Tenant != "", f.TokenFile != ""} {
		if is {
			return "--" + RunningFlagNames[i]
		}
	}
	return ""
}

// UnderOrRunning understands the flags of a target that may run already.
func (f TargetFlags) UnderOrRunning(r RunningFlags) (Target, error) {
	address, is := strings.CutPrefix(f.Target, runningTarget)
	if !is {
		if flag := r.given(); flag != "" {
			return Target{}, exit.Usage("%s goes with --target %sHTTP-ADDRESS: every other target is started by the run, and is its own", flag, runningTarget)
		}
		return f.Under()
	}
	base, err := r.permits(address)
	if err != nil {
		return Target{}, err
	}
	t := Target{Profile: profile.Reference(), Running: &running.Access{URL: base, Tenant: r.Tenant, Changes: r.AllowDestructive}}
	if f.Profile != "" {
		if t.Profile, err = profile.Read(f.Profile, suggest.Nearest); err != nil {
			return t, exit.Usage("--profile: %w", err)
		}
	}
	if r.TokenFile != "" {
		text, err := os.ReadFile(r.TokenFile)
		if err != nil {
			return t, exit.Usage("--token-file: %w", err)
		}
		t.Running.Token = strings.TrimSpace(string(text))
		if t.Running.Token == "" || strings.ContainsAny(t.Running.Token, "\r\n") {
			return t, exit.Usage("--token-file %s holds no token: expected one line", r.TokenFile)
		}
	}
	return t, nil
}

// permits rejects an address that is none, and one that the user does not answer for.
func (f RunningFlags) permits(address string) (base string, err error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", exit.Usage("--target %s: %w", runningTarget, err)
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return "", exit.Usage("--target %s%s: expected an address such as http://localhost:8080", runningTarget, u.Redacted())
	case u.User != nil:
		return "", exit.Usage("--target %s%s: the address has a password or a user in it; give a token by --token-file", runningTarget, u.Redacted())
	case u.RawQuery != "" || u.Fragment != "":
		return "", exit.Usage("--target %s%s: expected an address without a query", runningTarget, u.Redacted())
	}
	host := u.Hostname()
	if !thisMachine(host) && !slices.ContainsFunc(f.Own, func(own string) bool { return strings.EqualFold(own, host) }) {
		return "", exit.Usage("--target %s%s: %s is not this machine; if you answer for what is asked of it, add --i-own %s", runningTarget, address, host, host)
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// thisMachine reports whether a host is this machine's loopback by what is written, and not
// by what a name server makes of it.
func thisMachine(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
