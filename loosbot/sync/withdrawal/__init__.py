"""A consent is withdrawn: where the words still are, and what is left to do, by whom."""
