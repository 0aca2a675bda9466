"""Index pages: records as rows, groups, periods and pictures."""
