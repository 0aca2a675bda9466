"""What comes in and goes out by file: spreadsheets, documents, a whole town's first corpus."""
