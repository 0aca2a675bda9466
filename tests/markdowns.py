"""Random texts in the Markdown that the guide documents, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

TARGETS = {
    ("Chemins ruraux", ""): "fifty-fifty/chemins-ruraux",
    ("Méthode", "Suivi"): "methode.md#suivi",
    ("Catégorie:Voirie", ""): "index/voirie",
}
"""Title and fragment of a wiki page -> what a Markdown link to it holds."""

NASTY = [
    *"*_`\\[]()<>#|-+~'!&;:^{}=.\"",
    *("**", "``", "1.", "2018.", "~~~~", "''", "'''", "&eacute;", "{{", "}}", "{|", "|}", "|-"),
    *("==", "«", "»", "\u00a0", "https://a.fr/b", "https://a.fr/é", "http://", "a@b.fr", "<b>"),
    *("<!--", "-->", "__NOTOC__", "[[", "]]", "[^1]", "[^x]:", "l'été", "<ref>", "</div>", "😀"),
]
WORDS = st.sampled_from(["mot", "eau", "ville", "2018", "l'été"])
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(NASTY)), max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda blank: "mot" + blank.join(parts))
)
ADDRESSES = st.sampled_from([*TARGETS.values(), "https://a.fr/x_(y)", "https://a.fr/|", "inconnu"])
SPANS = st.one_of(
    TEXTS,
    TEXTS.map("**{}**".format),
    TEXTS.map("*{}*".format),
    TEXTS.map("***{}** mot*".format),
    TEXTS.map(lambda text: f"`{text.replace('`', '')}`"),
    st.tuples(TEXTS, ADDRESSES).map(lambda both: f"[{both[0]}]({both[1]})"),
    st.sampled_from(["<https://a.fr/b>", "<https://a.fr/é>", "[^1]", "[^2]", "![x](y.png)"]),
)
LINES = st.lists(SPANS, min_size=1, max_size=4).map(lambda spans: "mot " + " ".join(spans))
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=2).map("  \n".join)


def indented(source: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in source.split("\n"))


def listed(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    below = st.one_of(st.just(""), blocks.map(lambda source: f"\n\n{indented(source)}"))
    items = st.tuples(LINES, below).map("".join)
    return st.tuples(
        st.sampled_from(["- {}", "1. {}", "3. {}"]), st.lists(items, min_size=1, max_size=3)
    ).map(lambda drawn: "\n".join(map(drawn[0].format, drawn[1])))


def quoted(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return blocks.map(lambda source: "\n".join(f"> {line}" for line in source.split("\n")))


def table(rows: list[str]) -> str:
    head, *others = (f"| {row} | mot |" for row in rows)
    return "\n".join([head, "| :-: | --- |", *others])


BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS,
        PARAGRAPHS,
        LINES.map("# {}".format),
        LINES.map("### {}".format),
        st.just("---"),
        st.lists(TEXTS, min_size=1, max_size=3).map(lambda texts: indented("\n".join(texts))),
        st.lists(LINES, min_size=1, max_size=3).map(table),
    ),
    lambda blocks: st.one_of(listed(blocks), quoted(blocks)),
    max_leaves=4,
)
SOURCES = st.tuples(st.lists(BLOCKS, min_size=1, max_size=4), st.lists(PARAGRAPHS, max_size=2)).map(
    lambda drawn: "\n\n".join(
        [*drawn[0], *(f"[^{number}]: {note}" for number, note in enumerate(drawn[1], 1))]
    )
)
