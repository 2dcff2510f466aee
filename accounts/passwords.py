"""What a password has to be, said in Chinese."""

import re
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class Long:
    """So many characters at least. (Django's own has no Chinese for it.)"""

    def __init__(self, min_length: int) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        return f"密码至少要 {self.min_length} 个字符。"


class Mixed:
    """Three of: small letters, capitals, digits, other characters."""

    said = "密码里要有小写字母、大写字母、数字、其他符号中的至少三种。"

    def validate(self, password: str, user: Any = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError(self.said, code="password_not_mixed")

    def get_help_text(self) -> str:
        return self.said


class Another:
    """Not the one that it replaces."""

    said = "新密码不能和现在的一样。"

    def validate(self, password: str, user: Any = None) -> None:
        if user is not None and user.pk and check_password(password, user.password):
            raise ValidationError(self.said, code="password_the_same")

    def get_help_text(self) -> str:
        return self.said
