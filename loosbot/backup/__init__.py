"""One archive of all that a fire would take: the wiki, the history, the keys; and back from it."""
