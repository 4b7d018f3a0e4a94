package tools

// also are options and commands that the help of the versions on record does
// not show: hidden ones, and those of other versions in use.
var also = map[string]map[string]string{
	"kubectl": {
		// Hidden, still accepted (kubectl/pkg/cmd/util: AddRecordVarFlags).
		"":       "-h,--help --record?",
		"config": "--kubeconfig=",
		// The names of these are found by the first word alone.
		"alpha": "", "kuberc": "", "help": "", "convert": "", "krew": "", "options": "",
	},
	// curl 7.88 to 8.15, docs/options-in-versions.
	"curl": {"": "--ca-native --proxy-ca-native --http3-only --trace-config= --trace-ids --variable= --ip-tos= --vlan-priority= --mptcp --keepalive-cnt= --ech= --skip-existing --dump-ca-embed --tls-earlydata --sigalgs= --upload-flags= --out-null --follow --parallel-max-host= --haproxy-clientip= --ipfs-gateway= --dns-ipv4-addr= --expand-url= --expand-data= --expand-header= --expand-output= --http2 --http3 --globoff,-g"},
	// Postgres 16 to 18, release notes.
	"pg_dump":    {"": "--table-and-children= --exclude-table-and-children= --exclude-table-data-and-children= --filter= --large-objects --no-large-objects --exclude-extension= --sync-method= --statistics --no-statistics --statistics-only --with-statistics --no-data --no-schema --no-policies --sequence-data --restrict-key="},
	"pg_restore": {"": "--filter= --transaction-size= --statistics --no-statistics --statistics-only --with-statistics --no-data --no-schema --no-policies --restrict-key="},
	// Redis 7.2 to 8.0, src/redis-cli.c.
	"redis-cli": {"": "-t= -4 -6 --count= --keystats --keystats-samples= --cursor= --top= --vset-recall= -v -V --help --version"},
	// systemd 253 to 257, NEWS; and options that its help leaves out.
	"systemctl": {
		"":            "--image-policy= --when= --drop-in= --stdin --kill-value= --kill-who= --no-warn --kill-subgroup= --verbose,-v --fail --irreversible --ignore-dependencies --failed --system --user --now --after --before --quiet --all,-a --help,-h --version",
		"soft-reboot": "", "whoami": "", "list-paths": "", "sleep": "", "condrestart": "", "condreload": "", "condstop": "", "force-reload": "", "try-reload": "", "check": "", "enqueue-marked": "", "dump": "",
	},
	"journalctl": {"": "--truncate-newline --no-hostname,-W --exclude-identifier,-T= --list-invocations --invocation= -I --synchronize-on-exit= --new-id128 --dump-catalog --update-catalog --list-catalog --setup-keys --flush --relinquish-var --smart-relinquish-var --sync --rotate --boot?,-b?"},
	"docker": {
		"": "-h,--help -v,--version -H,--host= -D,--debug",
		// Hidden aliases of docker run (cli/command/container/opts.go).
		"run": "--net= --net-alias= --dns-opt= --network= --network-alias= --link= --links=", "create": "--net= --net-alias= --dns-opt= --network=",
		// Where the plugin buildx is there, it builds (docs: docker buildx build).
		"build": buildx, "image build": buildx, "builder build": buildx,
		// Plugins that Docker ships or shipped.
		"compose": "", "buildx": "", "scout": "", "desktop": "", "model": "", "mcp": "", "init": "", "debug": "", "sbom": "", "scan": "", "extension": "", "app": "", "ai": "", "dev": "", "offload": "", "sandbox": "", "help": "", "bake": "", "login": "", "engine": "", "cloud": "", "hub": "", "dtr": "", "feedback": "", "harmonia": "", "pass": "", "agent": "", "checkpoint": "",
	},
	"psql": {"": ""},
}

// gone are options and commands that were removed or renamed, with what to use.
var gone = map[string]map[string]string{
	"kubectl": {
		"drain --delete-local-data":    "renamed to --delete-emptydir-data in Kubernetes 1.20",
		"get --show-all":               "removed in Kubernetes 1.15; all objects are shown without it",
		"get --export":                 "removed in Kubernetes 1.18",
		"get --include-uninitialized":  "removed in Kubernetes 1.16",
		"run --generator":              "removed in Kubernetes 1.21; kubectl run makes a pod and nothing else",
		"run --replicas":               "removed in Kubernetes 1.18; use kubectl create deployment --replicas",
		"run --serviceaccount":         "removed in Kubernetes 1.24; use --overrides",
		"run --limits":                 "removed in Kubernetes 1.24; use --overrides",
		"run --requests":               "removed in Kubernetes 1.24; use --overrides",
		"apply --record":               "deprecated since Kubernetes 1.15; set the annotation kubernetes.io/change-cause",
		"scale --record":               "deprecated since Kubernetes 1.15; set the annotation kubernetes.io/change-cause",
		"set image --record":           "deprecated since Kubernetes 1.15; set the annotation kubernetes.io/change-cause",
		"version --short":              "removed in Kubernetes 1.28; the short form is the default",
		"rolling-update":               "removed in Kubernetes 1.18; use kubectl rollout",
		"top pod --heapster-namespace": "removed in Kubernetes 1.20",
	},
	"pg_dump": {"--oids": "removed in Postgres 12"},
}

// buildx are the options that BuildKit adds to docker build.
const buildx = "--progress= --secret= --ssh= --load --push --platform= --output,-o= --cache-from= --cache-to= --build-context= --builder= --call= --check --no-cache-filter= --provenance= --sbom= --attest= --metadata-file= --annotation= --allow= --debug,-D --policy="
