"""The web application: pages and an interface for programs over one record, and what a browser needs to sign."""
