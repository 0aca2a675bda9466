"""Wikitext and Markdown, written and read: any text into any place of a page, and back."""
