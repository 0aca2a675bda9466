"""The desk of one person: the corpus, the drafts, the preview and what is saved."""
