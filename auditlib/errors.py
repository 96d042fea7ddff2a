"""The errors a user may meet, each with one sentence and an exit status."""

__all__ = ["AuditError", "BadInputError", "BrokenTieError"]


class AuditError(Exception):
    """Base of every error this package raises on purpose.

    Attributes
    ----------
    exit_status : int
        What a command returns to the shell when this error stops it.
    """

    exit_status = 1


class BadInputError(AuditError):
    """Input that cannot be used; the message is the one sentence shown to the user.

    The sentence names the file, sheet and row where there is one, what was
    expected, and what to do.
    """

    exit_status = 2


class BrokenTieError(AuditError):
    """A run that finished, but whose total does not tie or whose conservation law fails."""

    exit_status = 3
