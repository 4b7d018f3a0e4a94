package tenancy_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func TestParse(t *testing.T) {
	for _, good := range []string{"t-1", "test-tenant-id", "00000000-0000-0000-0000-000000000001", strings.Repeat("x", 128)} {
		if id, err := tenancy.Parse(good); err != nil || string(id) != good {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{" t", "t:1", "t*", "-t", "ü", strings.Repeat("x", 129), "t\n"} {
		if id, err := tenancy.Parse(bad); err == nil || id != "" {
			t.Errorf("%q was taken for a tenant", bad)
		}
	}
	if _, err := tenancy.Parse(""); !errors.Is(err, tenancy.ErrRequired) || err.Error() != "tenant_id is required" {
		t.Errorf("none: %v", err)
	}
}

// No statement may run for nobody; the nil transaction would panic.
func TestNobodyIsNoTenant(t *testing.T) {
	local := tenancy.Local{Log: slog.New(slog.DiscardHandler)}
	if err := local.Set(t.Context(), nil, ""); !errors.Is(err, tenancy.ErrRequired) {
		t.Errorf("got %v", err)
	}
}
