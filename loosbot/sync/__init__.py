"""Compare with the wiki, plan, apply."""
