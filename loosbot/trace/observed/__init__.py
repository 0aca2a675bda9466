"""What a report looks at, one question a file: each gives its observations to the rules."""
