"""loosbot: a town's knowledge base and narrative archive, from YAML in git to its MediaWiki."""

__version__ = "0.2.0"
