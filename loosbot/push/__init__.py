"""The server's side of git: judging a push before it is taken, publishing it after."""
