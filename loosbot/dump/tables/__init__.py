"""The normative form of an edition: tables, with every column described."""
