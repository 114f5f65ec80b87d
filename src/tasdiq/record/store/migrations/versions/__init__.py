"""One file a step; a step is never changed once a record was made with it."""
