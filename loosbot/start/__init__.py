"""Starting a record: what was answered becomes a file that ``check`` passes. Pure."""
