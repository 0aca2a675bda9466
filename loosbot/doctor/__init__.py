"""What is wrong here, and what to do: on this machine, in git, on the wiki. Nothing is written."""
