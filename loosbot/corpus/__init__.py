"""Read a Tree with positions, validate it, resolve its links: a Corpus, or Findings."""
