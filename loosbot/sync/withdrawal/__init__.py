"""Somebody withdraws a consent: where the words still stand, and what is left to do by whom."""
