"""Traceability: rules over a corpus and its history -> a report."""
