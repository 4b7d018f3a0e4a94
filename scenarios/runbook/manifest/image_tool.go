package manifest

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// without lists programs that well-known images do not have.
var without = map[string]string{
	"alpine":          "docker kubectl psql pg_dump pg_restore redis-cli mysql mysqldump aws curl jq bash gsutil gcloud mongodump",
	"busybox":         "docker kubectl psql pg_dump pg_restore redis-cli mysql mysqldump aws curl jq bash gsutil gcloud mongodump",
	"curlimages/curl": "docker kubectl psql pg_dump redis-cli mysql aws jq bash",
	"postgres":        "docker kubectl redis-cli aws gsutil gcloud curl jq",
	"redis":           "docker kubectl psql pg_dump aws gsutil gcloud curl jq",
	"amazon/aws-cli":  "docker kubectl psql pg_dump redis-cli mysqldump",
	"mysql":           "docker kubectl psql redis-cli aws gsutil jq",
}

var (
	installs = regexp.MustCompile(`\b(?:apk|apt|apt-get|yum|microdnf|dnf|pip|curl -LO|wget)\b`)
	starts   = regexp.MustCompile(`(?m)(?:^|[;&|(]|\bdo|\bthen|\$\()\s*([a-z][a-z0-9_-]+)\b`)
	remarks  = regexp.MustCompile(`(?m)^\s*#.*$`)
)

var imageTool = rule.Rule{
	ID: "image-tool", Title: "an image has the programs that run in it", Severity: lint.Error,
	Why: "the container ends with \"not found\", and the job never does what it is for",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, r := range roots(in, "image:") {
			each(r.node, maxDepth, func(n *yaml.Node) {
				image := value(n, "image")
				lacks := without[plainImage(image)]
				if lacks == "" {
					return
				}
				text := words(at(n, "command")) + "\n" + words(at(n, "args"))
				if installs.MatchString(text) {
					return
				}
				for _, m := range starts.FindAllStringSubmatch(remarks.ReplaceAllString(text, ""), 200) {
					if strings.Contains(" "+lacks+" ", " "+m[1]+" ") {
						report(r.finding(at(n, "image"), fmt.Sprintf("the image %s has no %s", image, m[1]), "use an image that has it"))
						return
					}
				}
			})
		}
	},
}

// plainImage is an image without registry of Docker Hub and version.
func plainImage(image string) string {
	image = strings.TrimPrefix(strings.TrimPrefix(image, "docker.io/"), "library/")
	name, _, _ := strings.Cut(image, "@")
	if i := strings.LastIndexByte(name, ':'); i > 0 {
		name = name[:i]
	}
	return name
}
