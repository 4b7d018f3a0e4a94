package fault

// FaultVenuesForeign answers with each venue as if another tenant owned it.
const FaultVenuesForeign Kind = "venues-foreign"

// VenueOwnedByOther makes the venue-service name another tenant as the owner of every venue.
func VenueOwnedByOther() Fault { return Fault{Kind: FaultVenuesForeign, On: Venue} }

func init() {
	kinds[FaultVenuesForeign] = kindOf{
		needs:    standIn,
		describe: onIt("%s says of each venue that another tenant owns it"),
	}
}
