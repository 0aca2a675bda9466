"""Who may be named: consents, the names of people, and what is taken out of the records."""
