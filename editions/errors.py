class EditionError(Exception):
    """An act that the rules of editions do not allow; the message is for the person who tried."""
