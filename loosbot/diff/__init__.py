"""What changed between two versions of a corpus, per record and field, in sentences."""
