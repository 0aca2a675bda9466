"""The whole report: made from a corpus at a moment, and compared with an earlier one."""
