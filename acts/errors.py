"""Why an act does not take place; the message is for the person who tried."""


class Refused(Exception):
    """An act that the rules do not allow."""


class NotYours(Refused):
    """This person may not do it."""


class WrongState(Refused):
    """What it is done with is not where this act begins."""


class Incomplete(Refused):
    """Something is missing, or does not fit."""


class AlreadyDone(Refused):
    """The same person did the very same a moment ago, maybe on another page: no fault, and nothing to do."""
