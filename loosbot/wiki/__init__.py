"""The only room that speaks HTTP, and the embedded MediaWiki."""
