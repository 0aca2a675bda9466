"""YAML typed by people: parsed within limits, errors located and explained, edited in place."""
