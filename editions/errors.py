"""Why an act on an edition does not take place; the message is for the person who tried."""


class EditionError(Exception):
    """An act that the rules of editions do not allow."""


class NotYours(EditionError):
    """This person may not do it."""


class WrongState(EditionError):
    """The edition is not where this act begins."""


class Incomplete(EditionError):
    """Something is missing, or does not fit."""
