"""Search over everything a record says: words, places, times and actors, for each viewer what that viewer sees and no more."""
