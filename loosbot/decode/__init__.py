"""From the wikitext of a block back to the fields of a file: the inverse of the render room."""
