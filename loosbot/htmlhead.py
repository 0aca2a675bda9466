"""The head of every HTML page that a browser opens from a folder or a disk."""

from __future__ import annotations


def head(title: str, policy: str, rest: str) -> str:
    """A document in French up to the end of its head.

    ``title`` and ``rest`` (styles, scripts, what machines read) are HTML; ``policy`` is the Content
    Security Policy: what the page may load and run.
    """
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n{rest}</head>\n"
    )
