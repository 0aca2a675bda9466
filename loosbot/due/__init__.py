"""What is due: promises, visits, ends, reviews, as a calendar, a feed or the text of an e-mail."""
