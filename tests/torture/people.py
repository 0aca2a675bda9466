"""What people do on the wiki, straight, while the bot is or is not at work."""

from __future__ import annotations

import html
import re
import shlex
from dataclasses import dataclass
from typing import Any

from desk import Answer
from wikis import Person, Wiki

from torture import history

NAMES = ("ancien", "bleu", "commun", "doux", "étroit", "fou")
_ADVISED = re.compile(r"--(adopt|recreate) (.+)$")
_HELD = re.compile(r"Le titre « (.+?) » est celui d’une autre page")


@dataclass
class People:
    """An ordinary account and an administrator. Every word they write has a number of its own.

    ``acts`` counts what they did since ``forget``.
    """

    camille: Person
    admin: Person
    acts: int = 0
    _words: int = 0

    @classmethod
    def arrive(cls, wiki: Wiki) -> People:
        return cls(wiki.person(), wiki.person(wiki.admin))

    def forget(self) -> None:
        self.acts = self._words = 0

    def texts(self) -> dict[str, str]:
        """The text of every article, template and category."""
        return self.admin.texts()

    def records(self, texts: dict[str, str]) -> list[str]:
        """The titles of the pages that bear the sort key of a project."""
        return [title for title, text in texts.items() if ":projet/" in html.unescape(text)]

    def made_for(self, title: str) -> str:
        """The record for which the bot made this page, "" where a person made it."""
        first = self.camille.revisions(title, 500)[-1]
        summary = history.SUMMARY.search(first["comment"])
        return summary["id"] if summary and first["user"] == history.BOT else ""

    def act(self, verb: str, a: int | str, b: int) -> None:
        """Do something to a page that ``a`` names or picks: a record's, four times in five."""
        if isinstance(a, str):
            self.act_on(verb, a, b)
            return
        texts = self.texts()
        records = self.records(texts)
        pages = records if a % 5 and records else list(texts)
        self.act_on(verb, pages[a // 5 % len(pages)], b)

    def act_on(self, verb: str, title: str, number: int) -> None:
        """Do it to this page; what the wiki refuses is not done."""
        text = self.camille.text(title)
        if text is None and verb not in ("squat", "undelete"):
            return
        self.acts += 1
        getattr(self, f"_{verb}")(title, text or "", number)

    def word(self) -> str:
        self._words += 1
        return f"jeton-{self._words}-mot"

    def _outside(self, title: str, text: str, number: int) -> None:
        new = f"{text}\n\n{self.word()}" if number % 2 else f"{self.word()}\n\n{text}"
        self._save(title, new)

    def _inside(self, title: str, text: str, number: int) -> None:
        lines = text.split("\n")
        lines[number % len(lines)] += f" {self.word()}"
        self._save(title, "\n".join(lines))

    def _within(self, title: str, text: str, number: int) -> None:
        """A word at any place between the markers, or in them."""
        start, end = text.find("<!-- loosbot"), text.rfind("-->")
        if 0 <= start < end:
            place = start + number * 7919 % (end - start)
            self._save(title, f"{text[:place]} {self.word()} {text[place:]}")

    def _unbox(self, title: str, text: str, number: int) -> None:
        """The box moved above the block, or deleted."""
        box = re.search(r"\{\{Fiche [^{}]*\}\}\n", text)
        if box:
            rest = text[: box.start()] + text[box.end() :]
            self._save(title, f"{box[0]}{rest}" if number % 2 else rest)

    def _revert(self, title: str, text: str, number: int) -> None:
        older = self.camille.revisions(title)[1:]
        if older:
            self._save(title, older[number % len(older)]["slots"]["main"]["content"])

    def _move(self, title: str, text: str, number: int) -> None:
        options = {"noredirect": 1} if number % 2 else {}
        space, colon, name = title.rpartition(":")
        target = f"{space}{colon}{name} déplacée {number}"
        self._try(self.admin, action="move", **{"from": title, "to": target}, **options)

    def _delete(self, title: str, text: str, number: int) -> None:
        self._try(self.admin, action="delete", title=title)

    def _undelete(self, title: str, text: str, number: int) -> None:
        log = self.admin.call(action="query", list="logevents", letype="delete", leprop="title")
        titles = [entry["title"] for entry in log["query"]["logevents"]]
        if titles:
            self._try(self.admin, action="undelete", title=titles[number % len(titles)])

    def _redirect(self, title: str, text: str, number: int) -> None:
        words = f"\n\n{self.word()}" if number % 2 else ""
        self._save(title, f"#REDIRECTION [[Accueil]]{words}")

    def _blank(self, title: str, text: str, number: int) -> None:
        self._save(title, "")

    def _copy(self, title: str, text: str, number: int) -> None:
        self._save(f"Copie {number}", f"{text}\n{self.word()}")

    def _paste(self, title: str, text: str, number: int) -> None:
        others = [other for other in self.texts().values() if other != text]
        self._save(title, f"{text}\n\n{others[number % len(others)]}\n\n{self.word()}")

    def _squat(self, title: str, text: str, number: int) -> None:
        name = NAMES[number % len(NAMES)]
        self._save(f"Le projet {name}", f"Écrit à la main, {self.word()}", createonly=1)

    def _unmark(self, title: str, text: str, number: int) -> None:
        lines = [line for line in text.split("\n") if "loosbot" not in line]
        self._save(title, "\n".join(lines))

    def _double(self, title: str, text: str, number: int) -> None:
        self._save(title, f"{text}\n\n{text}")

    def _save(self, title: str, text: str, **options: Any) -> None:
        self._try(self.camille, action="edit", title=title, text=text, **options)

    def _try(self, who: Person, **parameters: Any) -> None:
        token = who.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
        who.call(**parameters, token=token)

    def settle(
        self, done: Answer, wanted: dict[str, str], sent: dict[str, str], number: int
    ) -> list[str]:
        """Do what the run advised; returns the options for the next one."""
        words: list[str] = []
        for page in done.json["human_edits"]:
            self._give_back(page["id"], page["title"], sent.get(page["id"], ""))
        texts = self.texts()
        for page in done.json["failed"]:
            if advised := _ADVISED.search(page["error"]):
                words += [f"--{advised[1]}", *shlex.split(advised[2])]
            elif (title := wanted.get(page["id"]) or _taken(page["error"])) in texts:
                # somebody else's page, or a redirect, holds the title
                self._move(title, "", 2 * number + 1)
        return words

    def _give_back(self, record: str, title: str, sent: str) -> None:
        """Put our block back as it was, and keep every word that stands around it."""
        revisions = self.camille.revisions(title)
        if not revisions:
            return
        text = revisions[0]["slots"]["main"]["content"]
        ours = next(
            (
                marked
                for revision in revisions
                if revision["user"] == history.BOT
                # what a rollback puts back may be a person's
                and not history.UNDOES.search(revision["comment"])
                and (marked := history.block(revision["slots"]["main"]["content"], record))
                and not history.TOKEN.search(marked)
            ),
            history.block(sent, record),
        )
        if ours is None:
            return
        present = history.block(text, record)
        if present is not None:
            self._save(title, text.replace(present, ours))
            return
        words = " ".join(history.TOKEN.findall(text))
        self._save(title, f"{ours}\n\n{words}".strip())


def _taken(error: str) -> str:
    """The title that somebody else's page holds, as the error names it; "" where it is no such."""
    match = _HELD.search(error)
    return match[1] if match else ""
