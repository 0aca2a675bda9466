"""The tree of exceptions of loosbot.

``UserError`` and what stands under it reaches the person at the keyboard, in French. The other
children of ``LoosbotError`` are signals between two rooms: whoever calls decides what they mean.
"""

INTERRUPTED = 130
"""Exit code of a command that the person stopped, as of any program after ^C."""


class LoosbotError(Exception):
    """The root: raised by loosbot, and caught by name where something can be done about it."""


class UserError(LoosbotError):
    """An error that the person who runs the command can fix.

    ``message`` is one plain French sentence, ``hint`` says what to do next (may be empty).
    ``exit_code`` follows the command contract: 1 a page or a file needs a human,
    2 usage, 3 the wiki could not be reached or refused the login.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(UserError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class WikiUnavailable(UserError):
    """The wiki could not be reached, or refused the login."""

    exit_code = 3
