"""The atelier: forms, made from the dictionary of fields, for people who never open a file."""
