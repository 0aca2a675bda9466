"""Errors whose message is written for the person at the keyboard."""


class UserError(Exception):
    """Something the person who runs the command can mend.

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


class WikiUnavailable(UserError):  # noqa: N818 - it names what happened, not a fault of ours
    """The wiki could not be reached, or refused the login."""

    exit_code = 3
