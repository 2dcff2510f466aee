"""The form of a report: what it asks, and how it tells people from programs: no script, no cookie, no third party.

A page carries a signed slip with the time at which it was made. Who sends it back at once, or fills in the field that
nobody sees, is no person. From one address a few reports come as they are; after that each asks to copy four characters
that stand on the page, so that an office full of people behind one address is not shut out; only far beyond that
nothing is taken any more for a while.
"""

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import refusal_counts
from accounts.visits import throttle_key
from portal.error_reports.models import LONGEST
from verbatim.fields import CellFormField, PlainForm

SALT = "error report"
AT_ONCE, TOO_OLD = 3, 24 * 3600
"""Seconds after which nobody has written anything yet, and after which the page is not the one of today."""
WITHOUT_PROOF, AT_ONE_PLACE, IN_ALL = 3, 60, 600
"""Reports in the time of a lock (settings.AXES_COOLOFF_TIME)."""
COPIED = 4
"""Characters to be copied as a proof."""


class TooMany(Exception):
    """More than anybody could answer came from one address, or in all."""


def new_slip() -> str:
    return signing.dumps({"of": secrets.token_urlsafe(18), "at": timezone.now().timestamp()}, salt=SALT)


def secret_of(slip: str) -> str:
    """The secret in the address where the answer is read: the same for the same page, and told by no other."""
    return salted_hmac(SALT, signing.loads(slip, salt=SALT)["of"], algorithm="sha256").hexdigest()[:40]


def count_place(request: HttpRequest) -> int:
    """How many came from there by now. Raises TooMany. The address is not kept: only a keyed digest of it and the day,
    until what is over is cleared away."""
    place = salted_hmac(SALT, f"{throttle_key(request)} {timezone.localdate()}", algorithm="sha256").hexdigest()[:38]
    number = refusal_counts.increment(f"report {place}")
    if number > AT_ONE_PLACE:
        raise TooMany
    return number


def count_all() -> None:
    """Of those that may pass: who fails the proof over and over closes the form for nobody else. Raises TooMany."""
    number = refusal_counts.increment("reports")
    if number == 1:
        refusal_counts.delete_expired()
    if number > IN_ALL:
        raise TooMany


def _letters(text: str) -> str:
    """Without what every keyboard types otherwise: quotation marks, commas, spaces."""
    return "".join(each for each in text if each.isalnum())


class ReportForm(PlainForm):
    said = CellFormField(
        label="哪里不对",
        max_length=LONGEST,
        min_length=4,
        error_messages={
            "required": "请写哪里不对。",
            "min_length": "请写得具体一些，至少 4 个字。",
            "max_length": f"写得太长，最多 {LONGEST} 个字。",
        },
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清单哪里写得不对、过时了，或者和实际做的不一样。不要写与这件事无关的个人情况。",
    )
    quoted = forms.CharField(label="有误的文字", required=False, max_length=200, help_text="从清单照抄；可以不填。")
    proposed = forms.CharField(label="应当是", required=False, max_length=200, help_text="可以不填。")
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="可以不填；不填也能在查询地址看到答复。"
        "只给承办的股室、编辑和负责删除的法规审核看；答复后 180 天删除，最迟收到后两年。",
    )
    may_be_public = forms.BooleanField(
        label="答复可以公开", required=False, help_text="公开的只有问题和答复，没有您的姓名和联系方式。"
    )
    website = forms.CharField(
        label="网址（请不要填写）",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    """Nobody sees it; programs fill it in."""
    slip = forms.CharField(required=False, widget=forms.HiddenInput)
    proof = forms.CharField(required=False, max_length=20)

    def __init__(self, data: Any = None, *, title: str, text: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.title, self.text = title, text
        self.asks_proof = False
        self.copy = _letters(title)[:COPIED]
        self.fields["proof"].label = f"请照抄“{self.copy}”这几个字"
        self.fields["proof"].help_text = "从您这里来信较多，抄几个字，说明您不是程序。"

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("“网址”一栏是防止机器填写的，请清空以后再送。")
        return ""

    def clean_quoted(self) -> str:
        quoted: str = self.cleaned_data["quoted"]
        if quoted and quoted not in self.text:
            raise ValidationError("这一项里没有这几个字，请照抄，或者空着，写在上面。")
        return quoted

    def clean_slip(self) -> str:
        slip: str = self.cleaned_data["slip"]
        try:
            age = timezone.now().timestamp() - signing.loads(slip, salt=SALT, max_age=TOO_OLD)["at"]
        except signing.SignatureExpired:
            self._renew()
            raise ValidationError("这一页放得太久了。您写的都还在，请再按一次“送出”。") from None
        except signing.BadSignature:
            self._renew()
            raise ValidationError("这一页的凭据不对。您写的都还在，请再按一次“送出”。") from None
        if age < AT_ONCE:
            raise ValidationError("送得太快，像是程序。您写的都还在，请过几秒再按一次“送出”。")
        return slip

    def _renew(self) -> None:
        """The form comes back with a slip of now."""
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent["slip"] = new_slip()
        self.data = sent

    def begin_another(self) -> None:
        """What was sent from this page before stays as it was; this is of something else, and comes back to be sent."""
        self._renew()
        self.add_error(None, "从这一页上一次送的已经收到。这次写的不一样，作为另一件：请再按一次“送出”。")

    def is_proven(self, number: int) -> bool:
        """Whether the report with this number from one address may pass; otherwise the form comes back and asks."""
        self.asks_proof = number > WITHOUT_PROOF
        copied = _letters(self.cleaned_data.get("proof", ""))
        if not self.asks_proof or constant_time_compare(copied, self.copy):
            return True
        self.add_error("proof", f"请照抄“{self.copy}”这几个字。" if copied else "请抄这几个字，再送一次。")
        return False
