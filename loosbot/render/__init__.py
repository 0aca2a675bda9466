"""(Corpus, titles) -> wikitext. Pure: no network, no clock, no git."""
