"""Which codes a finding can have, as the source gives them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "loosbot"
_OF_A_FINDING = re.compile(r"^from .*\b(?:Fault|Finding)\b", re.MULTILINE)


def codes_of_the_source() -> tuple[set[str], list[str]]:
    """Every code, and the places that give one which cannot be told from the source."""
    trees = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        if path.is_relative_to(SOURCE / "corpus") or _OF_A_FINDING.search(text):
            trees.append((path, ast.parse(text)))
    shared = {name: n for _, tree in trees for name, n in _takers(tree, shared=True).items()}
    for _, tree in trees:
        for name, value in _constants(tree).items():
            if isinstance(value, ast.Call) and ast.unparse(value.func) == "partial":
                # « warning = partial(Fault, severity="warning") » takes what a Fault takes
                taker = ast.unparse(value.args[0])
                if taker in shared:
                    shared[name] = shared[taker]
    codes: set[str] = set()
    unknown = []
    for path, tree in trees:
        takers = shared | _takers(tree, shared=False)
        known = _constants(tree)
        for node in ast.walk(tree):
            for value in _given(node, takers, known):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    codes.add(value.value)
                elif getattr(value, "attr", getattr(value, "id", "")) != "code":
                    # what is not handed on from another finding, or another parameter
                    unknown.append(f"{path.name}: {ast.unparse(node)}")
    return codes, unknown


def _takers(tree: ast.Module, *, shared: bool) -> dict[str, int]:
    """The classes and functions that are given a code -> its place among their arguments;
    ``shared``: those that other modules call."""
    takers = {}
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_" * (2 - shared)):
            names = [arg.arg for arg in node.args.args if arg.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            fields = (line for line in node.body if isinstance(line, ast.AnnAssign))
            names = [field.target.id for field in fields if isinstance(field.target, ast.Name)]
            for made in node.body:
                if isinstance(made, ast.FunctionDef) and made.name == "__init__" and not names:
                    names = [arg.arg for arg in made.args.args[1:]]
        if "code" in names:
            takers[node.name] = names.index("code")  # type: ignore[attr-defined] # is a definition
    return takers


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    pairs = [(line.targets[0], line.value) for line in tree.body if isinstance(line, ast.Assign)]
    return {name.id: value for name, value in pairs if isinstance(name, ast.Name)}


def _given(node: ast.AST, takers: dict[str, int], known: dict[str, ast.expr]) -> list[ast.expr]:
    """What a statement or a call gives for a code."""
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("code)"):
        return node.value.elts[-1:] if isinstance(node.value, ast.Tuple) else [node.value]
    if not isinstance(node, ast.Call):
        return []
    place = takers.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
    if place is None:
        return []
    if any(isinstance(arg, ast.Starred) for arg in node.args[: place + 1]):
        # the first text is the code: « Slip(*place, "yaml-bloc", …) », « Finding(*TOO_LARGE) »
        rows = [known.get(getattr(getattr(arg, "value", None), "id", "")) for arg in node.args]
        inside = [value for row in rows if isinstance(row, ast.Tuple) for value in row.elts]
        texts: list[ast.expr] = [v for v in (*inside, *node.args) if isinstance(v, ast.Constant)]
        return texts[:1]
    named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
    given = named or node.args[place : place + 1]
    return [known.get(value.id, value) if isinstance(value, ast.Name) else value for value in given]
