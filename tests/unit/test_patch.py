"""Changes to the text of one YAML file: what is written, and that nothing else is."""

import time

import pytest

from loosbot.corpus.yaml.patch import (
    Change,
    Insert,
    Put,
    Remove,
    Unpatchable,
    apply,
    patch,
    patch_page,
)

CASES: dict[str, tuple[str, list[Change], str]] = {
    "a plain text stays plain": (
        "titre: Jamais\nannee: 2018\n",
        [Put(("titre",), "Jamais sans ma pince")],
        "titre: Jamais sans ma pince\nannee: 2018\n",
    ),
    "a quoted text keeps its quotes": (
        "a: \"oui\"\nb: 'l''eau'\n",
        [Put(("a",), "non"), Put(("b",), "d'eau")],
        "a: \"non\"\nb: 'd''eau'\n",
    ),
    "what would read as something else is quoted, and nothing more": (
        "a: x\nb: x\nc: x\nd: x\ne: x\nf: x\n",
        [
            Put(("a",), "2018"),
            Put(("b",), "2018-06-04"),
            Put(("c",), "oui"),
            Put(("d",), "true"),
            Put(("e",), "18:30"),
            Put(("f",), "un : deux"),
        ],
        'a: "2018"\nb: 2018-06-04\nc: oui\nd: "true"\ne: 18:30\nf: "un : deux"\n',
    ),
    "single quotes where double ones would need backslashes": (
        "a: x\n",
        [Put(("a",), 'il dit : "oui"')],
        "a: 'il dit : \"oui\"'\n",
    ),
    "numbers, booleans and nothing as themselves": (
        'a: "x"\nb: x\nc: x\nd: x\ne: |\n  x\n',
        [
            Put(("a",), 12),
            Put(("b",), 0.00001),
            Put(("c",), True),
            Put(("d",), None),
            Put(("e",), -1.5),
        ],
        "a: 12\nb: 0.00001\nc: true\nd: null\ne: -1.5\n",
    ),
    "a comment stays": (
        "niveau: information  # à revoir\nq: 'x' # y\nz: [a]  # b\n",
        [Put(("niveau",), "consultation"), Put(("q",), "z"), Put(("z",), None)],
        "niveau: consultation  # à revoir\nq: 'z' # y\nz: null  # b\n",
    ),
    "an empty value is filled": (
        "a:\nb:   # c\nc: {d, e: , f}\n",
        [Put(("a",), "x"), Put(("b",), "y"), Put(("c", "d"), 1), Put(("c", "e"), "f")],
        "a: x\nb: y   # c\nc: {d: 1, e: f , f}\n",
    ),
    "only the lines that differ of a text": (
        "a: |\n   un\n   deux  \n   \n   trois\n\n# fin\nb: 1\n",
        [Put(("a",), "un\ndeux  \n\ntrois et demi\nquatre\n")],
        "a: |\n   un\n   deux  \n   \n   trois et demi\n   quatre\n\n# fin\nb: 1\n",
    ),
    "the end of a text decides of its indicator": (
        "a: | # c\n  x\nb: |-\n  x\n\nc: |+\n  x\n\nd: |+\n  x\n\n\ne: 1\n",
        [Put(("a",), "y"), Put(("b",), "y\n"), Put(("c",), "y"), Put(("d",), "y\n")],
        "a: |- # c\n  y\nb: |\n  y\n\nc: |-\n  y\nd: |+\n  y\ne: 1\n",
    ),
    "a text that begins with blanks says how far its margin goes": (
        "- a: |\n    x\n- b: |3\n     x\n- |\n x\n",
        [Put((0, "a"), "  x\ny\n"), Put((1, "b"), "y\n"), Put((2,), " z\n")],
        "- a: |2\n      x\n    y\n- b: |3\n     y\n- |1\n  z\n",
    ),
    "a folded text keeps its lines, what is new is wrapped at their width": (
        "a: >\n  Le premier paragraphe\n  est plié ici.\n\n  Le second aussi, il\n"
        "  est plus long.\nb: 1\n",
        [
            Put(
                ("a",),
                "Le premier paragraphe est plié ici.\n"
                "Le second aussi, il est bien plus long que le premier.\n",
            )
        ],
        "a: >\n  Le premier paragraphe\n  est plié ici.\n\n  Le second aussi, il\n"
        "  est bien plus long\n  que le premier.\nb: 1\n",
    ),
    "a plain text on several lines too": (
        "a:\n  - Un texte écrit sur\n    deux lignes.\n",
        [Put(("a", 0), "Un texte écrit sur plus de deux lignes.")],
        "a:\n  - Un texte écrit sur\n    plus de deux\n    lignes.\n",
    ),
    "the lines of a folded text between two changes end where they did": (
        "a: >\n  Les voisins sont venus à dix, avec des\n  outils. La ville a prêté la benne.\n"
        "  Il a plu. On a mangé sous le préau,\n  puis on est rentré chez soi.\n",
        [
            Put(
                ("a",),
                "Les voisins sont venus à six, avec des outils. La ville a prêté la benne. Il a "
                "plu. On a dîné sous le préau, puis on est rentré chez soi.\n",
            )
        ],
        "a: >\n  Les voisins sont venus à six, avec des\n  outils. La ville a prêté la benne.\n"
        "  Il a plu. On a dîné sous le préau,\n  puis on est rentré chez soi.\n",
    ),
    "one line that becomes several": (
        "a: x  # c\nb: 'x'\nc:\n  - x\n  -   y\n",
        [
            Put(("a",), "x\ny\n"),
            Put(("b",), "x\n\ny"),
            Put(("c", 0), "x\n  y\n"),
            Put(("c", 1), "y\nz\n"),
        ],
        "a: |  # c\n  x\n  y\nb: |-\n  x\n\n  y\nc:\n  - |\n    x\n      y\n"
        "  -   |\n      y\n      z\n",
    ),
    "what a block cannot hold is escaped": (
        "a: |\n  x\nb: y\nc: [z]\n",
        [Put(("a",), "x\r\ny"), Put(("b",), "\n\n"), Put(("c", 0), "x\ny"), Put(("d",), "x\n \n")],
        'a: "x\\r\\ny"\nb: "\\n\\n"\nc: ["x\\ny"]\nd: "x\\n \\n"\n',
    ),
    "between brackets": (
        "a: [x, 'y' , z]  # c\nb: {c: 1, \"d\": 2}\n",
        [
            Put(("a", 0), "u, v"),
            Put(("a", 1), "w"),
            Insert(("a", 3), "t"),
            Insert(("a", 0), {"k": [1, "2"]}),
            Remove(("a", 3)),
            Put(("b", "c"), None),
            Put(("b", "e"), "f: g"),
            Remove(("b", "d")),
        ],
        'a: [{k: [1, "2"]}, "u, v", \'w\' , t]  # c\nb: {c: null, e: "f: g"}\n',
    ),
    "between brackets, a line each": (
        "a: [\n  x, # un\n  # de z\n  z # deux\n]\n",
        [Insert(("a", 2), "t"), Insert(("a", 1), "y"), Remove(("a", 0))],
        "a: [\n  # de z\n  y,\n  z, # deux\n  t\n]\n",
    ),
    "a key is added after the last": (
        "a:\n  b: 1\n  # du b\n\n# de d\nd: 2\n",
        [Put(("a", "c"), "x"), Put(("e",), ["p", "q"]), Put(("f", "g"), True)],
        "a:\n  b: 1\n  c: x\n  # du b\n\n# de d\nd: 2\ne: [p, q]\nf:\n  g: true\n",
    ),
    "a key is added inside an item": (
        "v:\n- q: a\n  t: |\n    x\n\n    y\n    # z\n  # fin\n\n- q: b\n",
        [Put(("v", 0, "r"), 1), Put(("v", 1, "r"), {"s": "t"})],
        "v:\n- q: a\n  t: |\n    x\n\n    y\n    # z\n  r: 1\n  # fin\n\n- q: b\n  r:\n    s: t\n",
    ),
    "a key whose name is no plain word": (
        "a: 1\n",
        [Put(("12",), 1), Put(("x: y",), 1), Put(("<<",), 2)],
        'a: 1\n"12": 1\n"x: y": 1\n"<<": 2\n',
    ),
    "items as their neighbours": (
        "a:\n    -   x\n    -   y: 1\n        z: 2\nb:\n- x\n",
        [
            Insert(("a", 1), {"p": 1, "q": {"r": 2}}),
            Insert(("a", 0), "n"),
            Insert(("a", 4), ["Une phrase.", "Deux."]),
            Insert(("b", 1), "y"),
        ],
        "a:\n    -   n\n    -   x\n    -   p: 1\n        q:\n          r: 2\n    -   y: 1\n"
        "        z: 2\n    -   -   Une phrase.\n        -   Deux.\nb:\n- x\n- y\n",
    ),
    "items with blank lines between them": (
        "a:\n  - x\n\n  # de y\n  - y\n\n# fin\nb: 1\n",
        [Insert(("a", 2), "z"), Insert(("a", 1), "w")],
        "a:\n  - x\n\n  - w\n\n  # de y\n  - y\n\n  - z\n\n# fin\nb: 1\n",
    ),
    "an empty list": (
        "a: []  # c\nb: {}\nc: [[], x]\n",
        [
            Insert(("a", 0), "Une phrase."),
            Put(("b", "d"), 1),
            Insert(("c", 0, 0), 1),
            Insert(("e", 0), {"f": 1}),
        ],
        "a:  # c\n  - Une phrase.\nb:\n  d: 1\nc: [[1], x]\ne:\n  - f: 1\n",
    ),
    "an item goes with its comments": (
        "a:\n  # tous\n  - x\n  # de y\n  - y  # là\n    # dessous\n  # de z\n  - z\n\n  # groupe\n"
        "  - p\n  - q\n",
        [Remove(("a", 1)), Remove(("a", 2))],
        "a:\n  # tous\n  - x\n  # de z\n  - z\n\n  # groupe\n  - q\n",
    ),
    "an item of which a word changed keeps its comment where another comes before it": (
        "v:\n  - q: b  # b refuse\n    t: Le banc bleu tient bien.\n",
        [
            Put(
                ("v",),
                [
                    {"q": "a", "t": "Le banc vert tient bien."},
                    {"q": "b", "t": "Le banc bleu tient très bien."},
                ],
            )
        ],
        "v:\n  - q: a\n    t: Le banc vert tient bien.\n  - q: b  # b refuse\n"
        "    t: Le banc bleu tient très bien.\n",
    ),
    "an item of which a word changed keeps its comment where the one before it goes": (
        "v:\n  - q: a  # accord de a\n    t: Le banc vert tient bien.\n  - q: b  # b refuse\n"
        "    t: Le banc bleu tient bien.\n",
        [Put(("v",), [{"q": "b", "t": "Le banc bleu tient très bien."}])],
        "v:\n  - q: b  # b refuse\n    t: Le banc bleu tient très bien.\n",
    ),
    "a key goes with its comments": (
        "# la fiche\na: 1\nb:\n  # dans b\n  c: 1\n\n# du groupe\nd: 2\ne: 3\n\n# de f\nf: 4\n",
        [Remove(("a",)), Remove(("b",)), Remove(("d",)), Remove(("f",))],
        "# la fiche\n\n# du groupe\ne: 3\n\n",
    ),
    "the first key of an item": (
        "a:\n  - b: 1  # c\n    # de d\n    d: 2\n  - e: |\n      x\n\n    f: 3\n"
        "  - - x\n    - y\n",
        [Remove(("a", 0, "b")), Remove(("a", 1, "e")), Remove(("a", 2, 0))],
        "a:\n  - # de d\n    d: 2\n  -\n\n    f: 3\n  - - y\n",
    ),
    "the last one goes": (
        "a:\n  b: 1\nc:\n  # de x\n  - x\nd: [y]\ne:\n  - f: 1\n  - - x\n",
        [
            Remove(("a", "b")),
            Remove(("c", 0)),
            Remove(("d", 0)),
            Remove(("e", 0, "f")),
            Remove(("e", 1, 0)),
        ],
        "a: {}\nc: []\nd: []\ne:\n  - {}\n  - []\n",
    ),
    "a value becomes a group or a list": (
        "a:\n  - Une phrase.  # c\n  - x\nb: y # d\nc:\nd: |  # e\n  z\n",
        [
            Put(("a", 0), {"texte": "Une phrase.", "sources": ["s/a § 2"]}),
            Put(("b",), {"c": 1}),
            Put(("c",), ["Une phrase."]),
            Put(("d",), ["Une phrase.", "Deux."]),
        ],
        "a:\n  - texte: Une phrase.  # c\n    sources: [s/a § 2]\n  - x\nb: # d\n  c: 1\nc:\n"
        "  - Une phrase.\nd:  # e\n  - Une phrase.\n  - Deux.\n",
    ),
    "a group or a list becomes a value": (
        "a:  # c\n  b: 1\n  # d\nc:\n- x\n- y # z\nd:\n  - p: 1\n    q: 2\n  - r\n",
        [Put(("a",), "x"), Put(("c",), 1), Put(("d", 0), "Une phrase.")],
        "a: x  # c\n  # d\nc: 1\nd:\n  - Une phrase.\n  - r\n",
    ),
    "only what differs in a group or a list": (
        "a:\n  b: 'x'  # c\n  d: [1,2]\n  e: y\nf:\n  - p # un\n  - q # deux\n  - r # trois\n",
        [
            Put(("a",), {"d": [1, 3], "b": "x", "g": 1}),
            Put(("f",), ["p", "s", "r", "t"]),
        ],
        "a:\n  b: 'x'  # c\n  d: [1,3]\n  g: 1\nf:\n  - p # un\n  - s # deux\n  - r # trois\n"
        "  - t\n",
    ),
    "the same value is no change": (
        "a:   'x'\nb: |+\n  y\n\nc:   [ 1,2 ]\n",
        [Put(("a",), "x"), Put(("b",), "y\n\n"), Put(("c",), [1, 2])],
        "a:   'x'\nb: |+\n  y\n\nc:   [ 1,2 ]\n",
    ),
    "other line ends": (
        "a: |\r\n  x\r\n  y\r\nb:\r\n  - z\r\n",
        [
            Put(("a",), "x\nw\ny\n"),
            Insert(("b", 1), "t"),
            Put(("c",), "u\nv\n"),
            Put(("b", 0), "s\nr\n"),
        ],
        "a: |\r\n  x\r\n  w\r\n  y\r\nb:\r\n  - |\r\n    s\r\n    r\r\n  - t\r\nc: |\r\n  u\r\n"
        "  v\r\n",
    ),
    "a file whose last line is not ended": (
        "a: |\n  x",
        [Put(("b",), "y"), Put(("a",), "z"), Put(("c",), "t\n")],
        "a: |-\n  z\nb: y\nc: |\n  t\n",
    ),
    "a file without a value": (
        "# rien\n",
        [Put(("a", "b"), 1), Remove(("a",)), Put(("c",), 2)],
        "# rien\nc: 2\n",
    ),
    "line separators of Unicode are text": (
        "a: x\u2028y\nb: 1\n",
        [Put(("a",), "x\u2028z"), Put(("b",), "t\u2029\nu\n")],
        "a: x\u2028z\nb: |\n  t\u2029\n  u\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_rewrites_only_its_lines(name: str) -> None:
    before, changes, after = CASES[name]
    assert patch(before.encode(), changes).decode() == after


def test_order_of_the_schema() -> None:
    order = ("type", "titre", "annee", "resume", "voix")
    before = b"type: recit\ntitre: A\nvoix: []\nautre: 1\n"
    after = patch(before, [Put(("resume",), "x"), Put(("annee",), 2018), Put(("z",), 1)], order)
    assert after == (b"type: recit\ntitre: A\nannee: 2018\nresume: x\nvoix: []\nautre: 1\nz: 1\n")


@pytest.mark.parametrize(
    ("before", "change", "line", "words"),
    [
        (b"a: &x 1\nb: 2\n", Put(("b",), 3), 1, "« & »"),
        (b"a: 1\nb: *a\n", Put(("a",), 3), 2, "« * »"),
        (b"a: 1\nb: !t 2\n", Put(("a",), 3), 2, "étiquettes"),
        (b"a: 1\n<<: {b: 1}\n", Put(("a",), 3), 2, "fusion"),
        (b"a: 1\na: 2\n", Put(("a",), 3), 2, "déjà"),
        (b"a: 1\n\tb: 2\n", Put(("a",), 3), 2, "tabulation"),
        (b"\xef\xbb\xbfa: 1\n", Put(("a",), 3), 1, "BOM"),
        (b"? a\n: 1\n", Remove(("a",)), 1, "« ? »"),
        (b"a: [b: 1]\n", Put(("a", 0, "c"), 3), 1, "accolades"),
        (b"a: [x, # un\n # deux\n y]\n", Remove(("a", 0)), 1, "commentaire"),
        (b"b: 1\n?  a\n: 1\n", Remove(("a",)), 3, "« a »"),
        (b"a:\n  # c\n  x\n", Put(("a",), {"b": 1}), 1, "commentaire"),
        (b"a: 1\n", Put(("a",), "\x07"), None, "U+0007"),
        (b"a: 1\n", Put(("a", "b"), 1), None, "clés"),
        (b"a: [1]\n", Put(("a", 1), 1), None, "n° 2"),
        (b"a: [1]\n", Insert(("a", 2), 1), None, "n° 3"),
        (b"a: [1]\n", Insert(("a", "b"), 1), None, "clés"),
        (b"a: 1\n", Remove(("b",)), None, "« b »"),
        (b"a: 1\n", Remove(()), None, "entière"),
    ],
)
def test_a_change_that_does_not_fit_names_its_line(
    before: bytes, change: Change, line: int | None, words: str
) -> None:
    with pytest.raises(Unpatchable) as caught:
        patch(before, [change])
    assert caught.value.line == line
    assert words in str(caught.value)


def test_apply_leaves_its_data() -> None:
    data = {"a": [1, {"b": 2}], "c": None}
    changes = [Put(("a", 1, "b"), 3), Insert(("c", 0), 4), Remove(("a", 0))]
    assert apply(data, changes) == {"a": [{"b": 3}], "c": [4]}
    assert data == {"a": [1, {"b": 2}], "c": None}


PAGE = "---\r\ntitre: A  # c\r\nsources: [x]\r\n---\r\n\r\nUn.\r\n\r\n---\r\nDeux.\r\n"


@pytest.mark.parametrize(
    ("before", "changes", "body", "after"),
    [
        (PAGE, [Put(("titre",), "B")], None, PAGE.replace("A", "B")),
        (PAGE, [], "Un.\n\n---\nDeux.\n", PAGE),
        (
            PAGE,
            [Insert(("sources", 1), "y")],
            "Un.\nTrois.\n\n---\nDeux.",
            PAGE.replace("[x]", "[x, y]").replace("Un.", "Un.\r\nTrois.").removesuffix("\r\n"),
        ),
        (PAGE, [], "", PAGE[: PAGE.index("Un.")]),
        ("---\n---\nx\ry\n", [Put(("titre",), "A")], "x\nz", "---\ntitre: A\n---\nx\rz"),
        ("---\na: 1\n---", [], "x\n", "---\na: 1\n---\nx\n"),
        ("--- \na: 1\n--- \n", [Put(("b",), "x\n")], None, "--- \na: 1\nb: |\n  x\n--- \n"),
    ],
)
def test_a_change_of_a_page_keeps_the_rest(
    before: str, changes: list[Change], body: str | None, after: str
) -> None:
    assert patch_page(before.encode(), changes, body).decode() == after


@pytest.mark.parametrize(
    ("before", "body", "line"),
    [(b"a: 1\n", "x", 1), (b"---\na: 1\n", "x", 1), (b"---\n---\n", "\x07", None)],
)
def test_a_page_that_cannot_be_changed_names_its_line(
    before: bytes, body: str, line: int | None
) -> None:
    with pytest.raises(Unpatchable) as caught:
        patch_page(before, [], body)
    assert caught.value.line == line


@pytest.mark.slow
def test_many_patches_take_little_time() -> None:
    before = "".join(f"- texte: Phrase {n}.\n  sources: [a, b]\n" for n in range(100)).encode()
    start = time.process_time()
    for number in range(100):
        patch(before, [Put((number, "texte"), "Une autre phrase.")])
    assert time.process_time() - start < 2
