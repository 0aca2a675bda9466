"""YAML of people: read with its limits, told where it is wrong, changed line by line."""
