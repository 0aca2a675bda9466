"""Long random sequences of what can happen to a corpus and its wiki, and what must stay true."""
