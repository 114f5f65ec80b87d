"""The doors: what arrives becomes documents, statements, reports and tellings. Nothing here decides what is true."""
