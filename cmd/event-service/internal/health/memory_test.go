package health

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMemoryOfTheOwnGroup: the limit that counts is that of the group the
// process is in, and not the one at the root of the mount.
func TestMemoryOfTheOwnGroup(t *testing.T) {
	for name, c := range map[string]struct {
		own   string
		files map[string]string
		want  []account
	}{
		"version 2, with a limit above": {
			"0::/pod/container\n",
			map[string]string{
				"two/pod/container/memory.max": "max\n", "two/pod/container/memory.current": "70\n",
				"two/pod/memory.max": "100\n", "two/pod/memory.current": "95\n", "two/pod/memory.stat": "anon 60\ninactive_file 30\n",
			},
			[]account{{65, 100}},
		},
		"version 1, the innermost first": {
			"9:name=systemd:/\n4:memory:/outer/inner\n",
			map[string]string{
				"one/outer/inner/memory.limit_in_bytes": "100", "one/outer/inner/memory.usage_in_bytes": "95",
				"one/memory.limit_in_bytes": "9223372036854771712", "one/memory.usage_in_bytes": "5000",
			},
			[]account{{95, 100}, {5000, 9223372036854771712}},
		},
		"a container whose path is the host's": {
			"4:memory:/docker/abc\n",
			map[string]string{"one/memory.limit_in_bytes": "100", "one/memory.usage_in_bytes": "20"},
			[]account{{20, 100}},
		},
		"no control groups": {"", map[string]string{}, nil},
	} {
		dir := t.TempDir()
		c.files["own"] = c.own
		for path, text := range c.files {
			file := filepath.Join(dir, path)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got := groups(filepath.Join(dir, "own"), filepath.Join(dir, "one"), filepath.Join(dir, "two"), 90)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(account{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMemoryIsLowAboveTheShare(t *testing.T) {
	for _, c := range []struct {
		account
		want bool
	}{
		{account{90, 100}, false},
		{account{91, 100}, true},
		{account{91, 0}, false}, // not known
		{account{5000, 9223372036854771712}, false},
	} {
		if got := c.over(90); got != c.want {
			t.Errorf("%+v: %v", c.account, got)
		}
	}
}
