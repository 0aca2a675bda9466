"""The values that the wiki room hands to the others. None of them makes a request."""

from __future__ import annotations

from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision. ``text`` is None when only metadata was read; ``sha1`` is 40 hex digits.

    ``user`` is "" when it was hidden by an administrator; ``timestamp`` is ISO 8601, UTC.
    ``hidden``: whether an administrator hid the comment, which is then "".
    """

    id: int
    parent: int
    user: str
    timestamp: str
    comment: str
    size: int
    sha1: str
    tags: tuple[str, ...] = ()
    text: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PageState:
    """A page as the wiki has it now. ``pageid`` is 0 and ``revision`` None where it does not exist.

    ``title`` is the wiki's own form; ``invalid`` holds the wiki's reason for an illegal title,
    ``model`` its content model.
    """

    title: str
    namespace: int
    pageid: int
    redirect: bool
    revision: Revision | None
    invalid: str = ""
    model: str = "wikitext"

    @property
    def exists(self) -> bool:
        return self.pageid > 0

    @property
    def head(self) -> int:
        """The id of the newest revision; 0 where there is none."""
        return self.revision.id if self.revision else 0

    @property
    def text(self) -> str | None:
        """The text of the newest revision; None where it is hidden, or was not asked for."""
        return self.revision.text if self.revision else None

    @property
    def read_text(self) -> str:
        """The same, where it was asked for and came: AssertionError otherwise."""
        if self.text is None:
            raise AssertionError(f"the text of {self.title} was not read")
        return self.text

    def edited(self, text: str, summary: str) -> Edit:
        """The edit that puts a text in the place of the one that was read."""
        return Edit(self.title, text, summary, self.head, self.pageid)


@dataclass(frozen=True, slots=True)
class TrackedPage:
    """A member of the tracking category, and its head.

    ``sortkey`` is ``corpus:id`` as the page wrote it.
    """

    sortkey: str
    state: PageState


NO_CHANGE = "0"
"""For the newest edit, where the wiki has forgotten all of them: it does so after some months."""


@dataclass(frozen=True, slots=True)
class LatestChanges:
    """The newest entry of any log that the account sees ("" where there is none) and the newest
    edit of any page (:data:`NO_CHANGE`), each as its id and its time; and whether a category has a
    member."""

    entry: str
    change: str
    filed: bool


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The wiki's description of itself and of our account."""

    version: str
    name: str
    language: str
    base: str
    user: str
    rights: frozenset[str]
    namespaces: dict[str, int]
    """Every name and alias of a namespace, lower case -> its number."""
    uploads: bool
    extensions: frozenset[str]
    """Endings of the files that it takes, in lower case, without the dot."""

    @property
    def media(self) -> frozenset[str]:
        """Endings of the files that this account may upload, and replace later on."""
        allowed = self.uploads and {"upload", "reupload"} <= self.rights
        return self.extensions if allowed else frozenset()


@dataclass(frozen=True, slots=True)
class Edit:
    """One revision to write. ``base`` is the revision it was made from; 0 creates the page.

    ``pageid`` is the page from which ``base`` was read, and what is then written to: MediaWiki
    1.43 takes a base of any other page, and writes over the one that is named.
    """

    title: str
    text: str
    summary: str
    base: int = 0
    pageid: int = 0


@dataclass(frozen=True, slots=True)
class EditResult:
    """What became of an Edit.

    ``revision`` is the new one, 0 when the text was the same already (``nochange``). ``merged``:
    whether the server merged our text with a later edit: ``old`` is not our base.
    """

    title: str
    revision: int
    old: int
    timestamp: str
    merged: bool


@dataclass(frozen=True, slots=True)
class FileState:
    """The newest version of a file. ``sha1`` is 40 hex digits, "" where there is no file.

    ``user`` is who uploaded it, "" when hidden; a file of a shared repository is none of ours.
    """

    title: str
    sha1: str
    user: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to put under a title of the file namespace, over what is there."""

    title: str
    data: bytes
    summary: str


class WikiRefusal(LoosbotError):
    """The wiki refused one page. ``code`` and ``info`` are its own words."""

    def __init__(self, code: str, info: str) -> None:
        super().__init__(f"{code}: {info}")
        self.code = code
        self.info = info


def covers_redirect(title: str) -> WikiRefusal:
    """The refusal to move a page over a redirect that somebody may want."""
    held = f"Le titre « {title} » est celui d’une autre page, une redirection."
    return WikiRefusal("redirectexists", held)


class SaveAbandoned(WikiRefusal):
    """A save was tried again and again, and the wiki never took it: of this page, or of all."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One edit of an account. ``parent`` is 0 where it created the page.

    ``hidden``: whether an administrator hid the comment, which is then "".
    """

    pageid: int
    title: str
    revision: int
    parent: int
    timestamp: str
    comment: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a log. ``type`` and ``action`` are the wiki's: ``delete``/``restore``, …

    ``pageid`` is the page the entry is about, as it was (0 when unknown); ``target`` the new
    title of a move, "" otherwise. ``user`` is "" when hidden.
    """

    id: int
    type: str
    action: str
    title: str
    pageid: int
    target: str
    user: str
    timestamp: str
    comment: str


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What became of a move.

    ``revision`` is the newest one just after it, 0 where somebody took the page away at once.
    ``talk_stays``: whether its talk page did not follow: another one has that title.
    """

    pageid: int
    source: str
    target: str
    redirect: bool
    revision: int
    talk_stays: bool
