"""Charts drawn from the records: the figures, their picture and the words that stand for it."""
