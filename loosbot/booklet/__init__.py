"""A booklet on paper: récits for an evening, the file of a fifty-fifty, a convention to fill in."""
