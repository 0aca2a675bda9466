"""One module per format, all from the same edition of the corpus."""
