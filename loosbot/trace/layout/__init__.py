"""A report laid out: tables first, then text, HTML, a sheet or JSON."""
