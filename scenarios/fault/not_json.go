package fault

// FaultNotJSON answers with a page for people.
const FaultNotJSON Kind = "not-json"

// NotJSON makes a dependency answer with a page for people, and status 200.
func NotJSON(on Dependency) Fault { return Fault{Kind: FaultNotJSON, On: on} }

func init() {
	kinds[FaultNotJSON] = kindOf{
		needs:    standIn,
		describe: onIt("%s answers with a page for people"),
	}
}
