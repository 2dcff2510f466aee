"""The tables of the list, for Django; each stands in the room that it belongs to."""

from editions.checkup.rulings import CheckUpResult, Mend, OwnFinding, Ruling, SecondOpinion
from editions.desk.drafts import Draft
from editions.form.frames import Cover, Frame
from editions.life.edition import Edition
from editions.life.frozen import Entry, Version
from editions.life.timeline import Act, Answer, Remark, Reply

__all__ = [
    "Act",
    "Answer",
    "CheckUpResult",
    "Cover",
    "Draft",
    "Edition",
    "Entry",
    "Frame",
    "Mend",
    "OwnFinding",
    "Remark",
    "Reply",
    "Ruling",
    "SecondOpinion",
    "Version",
]
