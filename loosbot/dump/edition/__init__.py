"""What may leave the town: the filter, the pseudonyms, the words rewritten."""
