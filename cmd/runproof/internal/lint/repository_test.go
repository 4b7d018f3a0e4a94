package lint

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/judge"
)

func TestARunbookIsHeldAgainstARepository(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\n  namespace: shop\n",
		"template.yaml":   "kind: Deployment\nname: {{ .Values.name }}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book := write1(t, "# Orders\n\n```bash\nkubectl rollout status deployment/order -n shop\n```\n")
	var out bytes.Buffer
	o := Options{Runbook: book, Output: "text", Repository: dir}
	if code := codeOf(run(o, &out)); code != 0 || !strings.Contains(out.String(), "not read: template.yaml: a template") {
		t.Errorf("exit %d: nothing follows while a template is not read\n%s", code, out.String())
	}
	if err := os.Remove(filepath.Join(dir, "template.yaml")); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if code := codeOf(run(o, &out)); code != findings || !strings.Contains(out.String(), "orders is in deployment.yaml:4") {
		t.Errorf("exit %d\n%s", code, out.String())
	}
	for _, o := range []Options{
		{Runbook: book, Output: "text", Repository: filepath.Join(dir, "nowhere")}, {Runbook: book, Output: "text", Repository: t.TempDir()},
		{Runbook: book, Output: "text", Repository: dir, Fix: filepath.Join(dir, "x")},
	} {
		if code := codeOf(run(o, &out)); code != judge.ExitUsage {
			t.Errorf("%+v: exit %d", o, code)
		}
	}
}
