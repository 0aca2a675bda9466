"""What a page is: the one description that rendering and reading back both walk."""
