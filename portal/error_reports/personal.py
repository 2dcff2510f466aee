"""What nobody may read of whoever wrote a report, in what the staff write of it: how to reach them, what they are
called, whom their letter names."""

import re

from cases.publicity.persons import is_name
from cases.publicity.redacting import Found, Known, What, found_in, passage
from cases.publicity.words import SURNAMES
from portal.answers.personal import personal_in
from verbatim.folding import fold

NO_NAME = re.compile(r"[^一-鿿]+|电话|手机|微信|邮箱|联系|姓名|地址")
"""What stands between and around names where somebody says how to reach them."""
CALLED = re.compile(rf"[{SURNAMES}][一-鿿]{{0,2}}(?:先生|女士|同志|师傅)")
OF_A_PERSON = {What.IDENTITY, What.ACCOUNT, What.MAIL, What.BIRTH, What.PLATE}
"""Whoever they are, it is nobody else's business."""
MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
LANDLINE = re.compile(r"(?!1[3-9])\d{7,12}")


def known_of_sender(said: str, proposed: str, contact: str, *, printed: str) -> Known:
    """By their letter and their contact. What the list prints (`printed`, folded) is no secret, and a letter may be
    about the phone of an office."""
    names = [each for each in NO_NAME.split(contact) if is_name(each) or CALLED.fullmatch(each)]
    reached = [passage(contact, each) for each in found_in(contact, Known())]
    written = [each for text in (said, proposed) for each in personal_in(text) if not LANDLINE.fullmatch(fold(each))]
    known = dict.fromkeys([*filter(None, [contact.strip()]), *names, *reached, *personal_in(contact), *written])
    return Known(texts=tuple(each for each in known if fold(each) not in printed))


def personal_of_sender(text: str, known: Known) -> list[str]:
    return [passage(text, each) for each in found_in(text, known) if _is_personal(text, each)]


def _is_personal(text: str, found: Found) -> bool:
    """A number of an office may be what was wrong; a mobile phone is somebody's."""
    is_mobile = found.what is What.PHONE and MOBILE.fullmatch(re.sub(r"\D", "", passage(text, found)))
    return found.is_firm or found.what in OF_A_PERSON or bool(is_mobile)
