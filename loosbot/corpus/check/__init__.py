"""A corpus read whole, and all that is wrong in it."""
