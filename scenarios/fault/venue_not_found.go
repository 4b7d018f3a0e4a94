package fault

// FaultVenuesUnknown answers that there is no such venue, whichever is asked for.
const FaultVenuesUnknown Kind = "venues-unknown"

// VenueNotFound makes the venue-service answer 404 for every venue.
func VenueNotFound() Fault { return Fault{Kind: FaultVenuesUnknown, On: Venue} }

func init() {
	kinds[FaultVenuesUnknown] = kindOf{
		needs:    standIn,
		describe: onIt("%s knows no venue"),
	}
}
