"""Records and pages as HTML that needs no wiki: for a folder to browse, and for a booklet."""
