"""Everything in one folder of static HTML, that a browser reads without any network."""
