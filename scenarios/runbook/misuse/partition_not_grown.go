package misuse

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	growsPartition = regexp.MustCompile(`(?i)\b(?:growpart|parted|sfdisk|gdisk|fdisk|lvextend|lvresize|cloud-init)\b`)
	ofPartition    = regexp.MustCompile(`^/dev/(?:(?:sd|xvd|vd|hd)[a-z]+\d+|nvme\d+n\d+p\d+)$`)
)

var partitionNotGrown = rule.Rule{
	ID: "partition-not-grown", Title: "a partition grows before its file system", Severity: lint.Warning,
	Why: "the file system fills its partition already: the command says that there is nothing to do, and the disk stays full",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "resize2fs" && ofPartition.MatchString(c.Word(0)) {
				if in.Anywhere(growsPartition) {
					return
				}
				report(rule.At(c, "the volume has grown, and the partition "+c.Word(0)+" has not", "run growpart on the disk first"))
			}
		}
	},
}
