package draft

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/fault"
)

// dependencyWords are those by which a text tells of a dependency.
var dependencyWords = map[fault.Dependency]*regexp.Regexp{
	fault.Postgres: regexp.MustCompile(`(?i)\bpostgres\w*|\bpsql\b|\bpg_\w+|\bdatabase\b|\bdb\b|\bsql\b|\b5432\b|\bsqlstate\b`),
	fault.Redis:    regexp.MustCompile(`(?i)\bredis\w*|\bcach\w+|\b6379\b|\bkeyspace_\w+`),
	fault.Venue:    regexp.MustCompile(`(?i)\bcircuit[- ]breakers?\b|\bupstream\b|\bdownstream\b|\bproviders?\b|\bgateway (?:api|outage)\b|\bthird[- ]part\w+|\bexternal (?:api|service)s?\b`),
	fault.Identity: regexp.MustCompile(`(?i)\bjwks\b|\bjwt\b|\bidentity provider\b|\boidc\b|\bsigning keys?\b|\btokens? (?:validation|verification)\b`),
}

// manner is one way of breaking a dependency.
type manner string

// The manners in the order in which a text is asked for them: the first that it tells of
// is the one that it means.
const (
	locked     manner = "locked"
	readOnly   manner = "read-only"
	full       manner = "full"
	noMemory   manner = "out of memory"
	badLogin   manner = "login refused"
	evicted    manner = "evicted"
	rotated    manner = "keys rotated"
	limited    manner = "overloaded"
	slow       manner = "slow"
	hanging    manner = "hanging"
	resetting  manner = "reset"
	gone       manner = "gone"
	unspecific manner = "" // a symptom that any of them may show
)

var mannerWords = []struct {
	manner manner
	words  *regexp.Regexp
}{
	{locked, regexp.MustCompile(`(?i)\bdeadlock\w*|\block(?:s|ed)?\b.*\b(?:wait|table|timeout)|\b(?:waiting|waits?) (?:for|on) (?:a )?locks?\b`)},
	{readOnly, regexp.MustCompile(`(?i)\bread[- ]?only\b`)},
	{full, regexp.MustCompile(`(?i)\btoo many (?:connections|clients)\b|\bpool (?:is |was )?(?:exhaust\w+|full)|\bpool exhaustion\b|\bconnections? (?:limit|slots)\b|\bremaining connection slots\b|\bexhausted .*connections?\b`)},
	{noMemory, regexp.MustCompile(`(?i)\bout of memory\b|\boom\b|\bmaxmemory\b|\bmemory (?:exhaust\w+|limit|pressure)\b`)},
	{badLogin, regexp.MustCompile(`(?i)\b(?:password|login) (?:authentication )?(?:failed|rotated|refused|rejected)\b|\bauthentication failed\b|\b28P01\b`)},
	{evicted, regexp.MustCompile(`(?i)\bcache (?:misses|is empty|was flushed|flushed)\b|\bhit (?:rate|ratio) (?:drop|fall|low|is low)\w*|\bevict\w+`)},
	{rotated, regexp.MustCompile(`(?i)\bkeys? (?:was |were |is |are )?rotat\w+|\brotat\w+ (?:the )?(?:signing )?keys?\b`)},
	{limited, regexp.MustCompile(`(?i)\brate[- ]?limit\w*|\b429\b|\btoo many requests\b`)},
	{slow, regexp.MustCompile(`(?i)\bslow\w*|\blatenc\w+|\btime(?:s|d)?[- ]?outs?\b|\b504\b|\bresponse times?\b|\bdegrad\w+|\btakes? (?:longer|more) than\b|\bp9[59]\b`)},
	{hanging, regexp.MustCompile(`(?i)\bhang(?:s|ing)?\b|\bstuck\b|\bnot respond\w*|\bunresponsive\b|\bblack ?hole\w*`)},
	{resetting, regexp.MustCompile(`(?i)\bECONNRESET\b|\bconnection(?:s)? (?:is |are |was |were )?reset\b|\bbroken pipe\b`)},
	{gone, regexp.MustCompile(`(?i)\bECONNREFUSED\b|\brefus\w+|\bunavailable\b|\bunreachable\b|\bdown\b|\bcan(?:no|')t (?:connect|reach|be reached)\b|\bconnection (?:errors?|failures?|issues?|problems?)\b|\boutage\b|\bcircuit[- ]breaker\w* (?:is |are |was )?open\w*|\bfail(?:s|ed|ing|ure)?\b|\b50[0-3]\b`)},
}

// mannerOf is the first manner that a text tells of; the value of a field is a word of the
// service's, and tells of none.
func mannerOf(text string) manner {
	text = shownField.ReplaceAllString(text, "")
	for _, m := range mannerWords {
		if m.words.MatchString(text) {
			return m.manner
		}
	}
	return unspecific
}

var (
	ofLog       = regexp.MustCompile(`(?i)\blog(?:s|ged|ging)?\b`)
	ofErrors    = regexp.MustCompile(`(?i)\berrors?\b`)
	ofReadiness = regexp.MustCompile(`(?i)\breadi\w+|\bready\b|\bhealth(?:y| ?checks?)?\b`)
	ofFailing   = regexp.MustCompile(`(?i)\bfail\w*|\bdown\b|\bunhealthy\b|\bnot ready\b|\bred\b`)
	ofGoingOn   = regexp.MustCompile(`(?i)\bfall(?:s|ing)?[- ]?back\b|\bkeeps? (?:on )?(?:work|answer|serv)\w*|\bkeeps? (?:return|respond|report|accept|read|writ)\w*|\bstill (?:work|answer|serv|succeed|return|respond|report|accept|read|writ)\w*|\bas (?:usual|before|normal)\b|\bnormally\b|\bcontinues?\b|\bgo(?:es)? on\b|\bunaffected\b|\bnot affected\b`)
	ofWriting   = regexp.MustCompile(`(?i)\bcreat\w+|\bplac(?:e|ed|ing)\b|\bsubmit\w*|\bcheckouts?\b|\bwrit(?:e|es|ing)\b|\binsert\w*|\bwritten\b|\bnew \w+s?\b`)
	ofRecovery  = regexp.MustCompile(`(?i)\brecover\w*|\bhalf[- ]open\w*|\bcomes? back\b|\bback (?:to normal|within|after)\b|\breconnect\w*|\bonce .* (?:is|are) back\b|\bby itself\b`)
	ofSlowness  = regexp.MustCompile(`(?i)\bslow\w*|\blatenc\w+|\bresponse times?\b|\btakes? (?:longer|more)\b|\bp9[59]\b`)
	ofRestart   = regexp.MustCompile(`(?i)\brestart\w*\b|\brollout restart\b`)
	ofScaling   = regexp.MustCompile(`(?i)\bscale\b|\bscal(?:e|ing) (?:out|up|horizontally)\b`)
	ofFallback  = regexp.MustCompile(`(?i)\benabl\w+ .*\bfallbacks?\b|\bfallback mode\b`)
	ofPeople    = regexp.MustCompile(`(?i)\bescalat\w+|\bon[- ]?call\b|\bcontact\w*\b|\bslack\b|\bpagerduty\b|\bpost[- ]?mortem\b|\bstakeholders?\b|\bcommunicat\w+|\bcustomers?\b|\bemail\b|@\w+|\bstatus page\b`)
	// ofTooLong is that something happens once an answer has taken so long.
	ofTooLong = regexp.MustCompile(`(?i)\b(?:after|beyond|past)\s+(?:more than |about )?\d|\blonger than \d`)
	// shownField is a field of an answer with its value, as JSON has it.
	shownField = regexp.MustCompile(`"(\w+)"\s*:\s*(?:"([\w -]+)"|(true|false|\d+))`)
	required   = regexp.MustCompile(`(?i)^(?:yes|required|true|y|✓|✅|mandatory|must)$`)
)

// severities are the words of a document for each level, the gravest first.
var severities = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bP1\b|\bSEV-?1\b|\bcritical\b`), regexp.MustCompile(`(?i)\bP2\b|\bSEV-?2\b|\b(?:severity|priority):? high\b|\bmajor\b`),
	regexp.MustCompile(`(?i)\bP3\b|\bSEV-?3\b|\b(?:severity|priority):? (?:medium|warning)\b|\bminor\b`), regexp.MustCompile(`(?i)\bP4\b|\bSEV-?4\b|\b(?:severity|priority):? (?:low|info)\b`),
}

// oneLine is a text without its breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
