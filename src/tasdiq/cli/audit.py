"""`tasdiq audit`: check a bundle, site or record offline. Imports the record only, so it starts in a blink."""
