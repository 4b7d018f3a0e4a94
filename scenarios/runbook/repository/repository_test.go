package repository_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/repository"
)

// files are those of a small service.
var files = map[string]string{
	"deploy/kustomization.yaml": "namespace: shop\nresources: [orders.yaml]\n",
	"deploy/orders.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  template:
    metadata:
      labels: {app: orders}
    spec:
      containers:
        - name: orders
          image: registry.example.org/orders:1
          env:
            - {name: DATABASE_URL, value: x}
            - {name: REDIS_URL, value: x}
          livenessProbe:
            httpGet: {path: /health/live, port: 8080}
            periodSeconds: 10
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders-db}
spec:
  template:
    metadata: {labels: {app: orders-db}}
    spec: {containers: [{name: postgres, image: "postgres:15"}]}
`,
	"docker-compose.yml": "services:\n  orders: {image: x, ports: ['8080:8080']}\n  cache: {image: redis}\n  queue: {image: rabbitmq, container_name: shop-queue-prod}\n",
	"openapi.yaml": `openapi: 3.0.0
servers: [{url: https://example.org/api}]
paths:
  /orders:
    get: {responses: {'200': {}, '401': {}}}
    post: {responses: {'201': {}, '400': {}, '409': {}}}
  /orders/{id}:
    get: {responses: {'200': {}, '404': {}}}
`,
	"alerts.yaml": `groups:
  - rules:
      - {alert: OrdersDown, expr: up == 0}
      - {alert: OrdersSlow, expr: x > 1}
      - {alert: OrdersFull, expr: x > 2}
`,
	".env.example":            "DATABASE_URL=\nLOG_LEVEL=info\n",
	"orders/Dockerfile":       "FROM golang AS build\nRUN go build\nFROM gcr.io/distroless/static\nCOPY --from=build /orders /orders\n",
	"migrations/001_init.sql": "CREATE TABLE shop.orders (id bigint PRIMARY KEY, state text NOT NULL, created_at timestamptz);\nCREATE TABLE items (id bigint, order_id bigint);\nCREATE TABLE old_orders (a int);\n",
	"migrations/002_more.sql": "ALTER TABLE orders ADD COLUMN total numeric;\nDROP TABLE old_orders;\n",
	"chart/templates/x.yaml":  "",
}

func facts(t *testing.T, more map[string]string) *repository.Facts {
	t.Helper()
	dir := t.TempDir()
	for _, set := range []map[string]string{files, more} {
		for name, text := range set {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	f, err := repository.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func shell(commands string) string { return "# Orders\n\n```bash\n" + commands + "\n```\n" }

func sql(query string) string { return "# Orders\n\n```sql\n" + query + "\n```\n" }

// examples have for each rule what contradicts the repository, with the place
// that the finding must name, and what does not.
var examples = map[string]struct {
	bad  map[string]string
	good []string
}{
	"repository-namespace": {map[string]string{shell("kubectl get pods -n shops"): "deploy/kustomization.yaml:1"}, []string{shell("kubectl get pods -n shop"), shell("kubectl get pods -n kube-system"), shell("kubectl logs deploy/else -n elsewhere"), shell("kubectl get pods -n $NS"), shell("kubectl get pods -n <namespace>")}},
	"repository-workload": {
		map[string]string{shell("kubectl rollout restart deployment/order -n shop"): "deploy/orders.yaml:4", shell("kubectl logs deployment/orders-db"): "as a statefulset", shell("kubectl scale deployment order --replicas=2"): "no deployment order", shell("kubectl logs deploy/orders -c app"): "has orders"},
		[]string{shell("kubectl rollout restart deployment/orders -n shop"), shell("kubectl logs sts/orders-db -c postgres"), shell("kubectl logs deployment/prometheus -n monitoring"), shell("kubectl logs deployment/<name>"), shell("kubectl get deployment"), shell("kubectl create deployment x --image=y")},
	},
	"repository-label":     {map[string]string{shell("kubectl get pods -l app=order"): "deploy/orders.yaml", shell("kubectl get pods -l name=orders"): "app=orders"}, []string{shell("kubectl get pods -l app=orders"), shell("kubectl get pods -l tier=web"), shell("kubectl get pods -l app=coredns -n kube-system"), shell("kubectl get pods -l 'app in (a, b)'")}},
	"repository-service":   {map[string]string{shell("kubectl port-forward svc/orders 8080:8080"): "has 80", shell("kubectl logs deploy/orders\nkubectl port-forward svc/order 8080:80"): "no service order", shell("curl http://orders:8080/x"): "deploy/orders.yaml", shell("docker compose logs redis"): "cache"}, []string{shell("kubectl port-forward svc/orders 8080:80"), shell("curl http://orders:80/x"), shell("curl http://orders.shop.svc:80/x"), shell("docker compose logs cache"), shell("docker compose ps")}},
	"repository-container": {map[string]string{shell("docker exec queue-shop rabbitmqctl status"): "docker-compose.yml:4", shell("docker logs --tail 50 queue"): "shop-queue-prod"}, []string{shell("docker exec shop-queue-prod rabbitmqctl status"), shell("docker logs shop-cache-1"), shell("docker exec other-thing ls"), shell("docker compose logs queue"), shell("docker ps")}},
	"repository-probe":     {map[string]string{"# Orders\n\n```yaml\nlivenessProbe:\n  httpGet:\n    path: /healthz\n  periodSeconds: 10\n```\n": "/health/live in deploy/orders.yaml:17"}, []string{"# Orders\n\n```yaml\nlivenessProbe:\n  httpGet:\n    path: /health/live\n  periodSeconds: 10\n  timeoutSeconds: 3\n```\n", "# Orders\n\n```yaml\nmetadata:\n  name: other\nspec:\n  livenessProbe:\n    periodSeconds: 99\n```\n", "# Another\n\n```yaml\nlivenessProbe:\n  periodSeconds: 99\n```\n"}},
	"repository-variable": {
		map[string]string{"| Variable | For |\n|---|---|\n| `DATABASE_URL` | a |\n| `LOG_LEVEL` | b |\n| `REDIS_HOST` | c |\n": "REDIS_URL"},
		[]string{"| Variable | For |\n|---|---|\n| `DATABASE_URL` | a |\n| `LOG_LEVEL` | b |\n", "| Variable | For |\n|---|---|\n| `DB_HOST` | a |\n| `DB_USER` | b |\n", "| Severity | For |\n|---|---|\n| `HIGH_ONE` | a |\n"},
	},
	"repository-endpoint": {
		map[string]string{shell("curl -X DELETE http://h/api/orders"): "has POST", shell("curl http://h/api/orders\ncurl http://h/api/order/1"): "has /orders/{id}", shell("curl http://h/api/orders\ncurl http://h/api/v2/orders"): "openapi.yaml:5", "- `POST /orders` is answered with 422.\n": "openapi.yaml", "- Errors on `PUT /orders`.\n": "no PUT /orders"},
		[]string{shell("curl http://h/api/orders"), shell("curl -d '{}' http://h/api/orders"), shell("curl http://h/orders/$ID"), shell("curl http://h/health/live"), shell("curl http://other/v2/things"), shell("curl http://h/orders/1/of/others"), "- `POST /orders` is answered with 409.\n", shell("curl http://h/api/orders/1?x=2"), shell("curl https://status.example.net/api/summary")},
	},
	"repository-alert": {
		map[string]string{"# Orders\n\n## OrdersDown\n\na\n\n## OrdersSlow\n\na\n": "alerts.yaml have no section: OrdersFull (line 5)", "# Orders\n\n## OrdersDown\n\na\n\n## OrdersSlow\n\na\n\n## OrdersGone\n\na\n": "raises OrdersGone"},
		[]string{"# Orders\n\n## OrdersDown\n\n## OrdersSlow\n\n## OrdersFull\n", "# Orders\n\n## Restart\n\n## Rollback\n"},
	},
	"repository-table": {
		map[string]string{sql("SELECT * FROM order_items;"): "migrations/001_init.sql:2", sql("SELECT id, status FROM orders;"): "no column status (migrations/001_init.sql:1)", sql("SELECT * FROM old_orders;"): "dropped in migrations/002_more.sql:2", shell(`psql -c "UPDATE orderz SET a = 1 WHERE b"`): "no migration makes a table orderz"},
		[]string{sql("SELECT id, state, total FROM orders WHERE created_at < now();"), sql("SELECT count(*) AS n FROM shop.orders o JOIN items i ON i.order_id = o.id;"), sql("SELECT pid FROM pg_stat_activity;"), sql("WITH x AS (SELECT 1) SELECT * FROM x;"), sql("SELECT extract(epoch from created_at) FROM orders;"), "```sql\nSELECT * FROM <table_name>;\n```\n"},
	},
	"repository-image": {map[string]string{shell("kubectl exec -it deploy/orders -- psql -c 'SELECT 1'"): "distroless", shell("kubectl exec deploy/orders -- sh -c 'env'"): "orders/Dockerfile:3"}, []string{shell("kubectl exec sts/orders-db -- psql -c 'SELECT 1'"), shell("kubectl exec deploy/orders -- /orders check"), shell("kubectl exec $POD -- psql")}},
}

func TestEveryRuleFindsContradictionsAndNamesBothPlaces(t *testing.T) {
	all := repository.Rules(facts(t, nil))
	for _, r := range all {
		e, ok := examples[r.ID]
		if !ok {
			t.Errorf("rule %s has no examples", r.ID)
			continue
		}
		for text, place := range e.bad {
			found := lint.Run(lint.Input{Document: document.Parse([]byte(text))}, all)
			if !slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Rule == r.ID && strings.Contains(f.Text, place) }) {
				t.Errorf("%s misses\n%s\n%+v", r.ID, text, found)
			}
		}
		for _, text := range e.good {
			for _, f := range lint.Run(lint.Input{Document: document.Parse([]byte(text))}, all) {
				if f.Rule == r.ID {
					t.Errorf("%s finds %q in\n%s", r.ID, f.Text, text)
				}
			}
		}
		if r.Title == "" || r.Why == "" || r.Severity == "" {
			t.Errorf("%s does not say what it is about", r.ID)
		}
	}
	if len(all) != len(examples) {
		t.Errorf("%d examples for %d rules", len(examples), len(all))
	}
}

// TestUnreadFilesAreNamedAndNothingIsConcluded: what is not found may stand in
// a template.
func TestUnreadFilesAreNamedAndNothingIsConcluded(t *testing.T) {
	template := map[string]string{"chart/templates/d.yaml": "kind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n"}
	f := facts(t, template)
	if len(f.Unread) != 1 || f.Unread[0].File != "chart/templates/d.yaml" || !strings.Contains(f.Unread[0].Reason, "helm template") {
		t.Errorf("%+v", f.Unread)
	}
	text := shell("kubectl logs deployment/gone -n gone")
	if found := lint.Run(lint.Input{Document: document.Parse([]byte(text))}, repository.Rules(f)); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	f = facts(t, map[string]string{"broken.yaml": "kind: Deployment\na: [1\n"})
	if len(f.Unread) != 1 || f.Unread[0].File != "broken.yaml" {
		t.Errorf("%+v", f.Unread)
	}
}

// TestTablesOfProgramsAreNotKnown: a migration in another language may make any.
func TestTablesOfProgramsAreNotKnown(t *testing.T) {
	f := facts(t, map[string]string{"db/migrations/003_more.py": "x"})
	if found := lint.Run(lint.Input{Document: document.Parse([]byte(sql("SELECT * FROM gone;")))}, repository.Rules(f)); len(found) > 0 || len(f.Unread) != 1 {
		t.Errorf("%+v, %+v", found, f.Unread)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	if _, err := repository.Read(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("a folder that is not there was read")
	}
	f, err := repository.Read(t.TempDir())
	if err != nil || !f.Empty() {
		t.Errorf("%v, %s", err, f.Count())
	}
}
