"""Writers killed at random moments: nothing acknowledged is lost, nothing contradictory is signed."""
