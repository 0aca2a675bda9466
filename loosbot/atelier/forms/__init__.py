"""The forms themselves: questions, answers, and the record that they make. Pure."""
