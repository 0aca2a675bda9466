"""The requests of a browser, and the pages that answer them."""
