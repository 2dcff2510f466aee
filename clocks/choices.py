"""What the norms leave open, as far as it changes a time limit: each question has an answer until the bureau gives
another.

`CLOCKS` of the settings holds the other answers, as JSON: {"order_61_on": "2022-09-29"}.
"""

import datetime
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.core import checks
from pydantic import Field, PositiveInt, ValidationError

from verbatim.documents import Document


class Choices(Document):
    reply_days_before_2019: Annotated[
        PositiveInt,
        Field(title="2019年4月1日以前，陈述、申辩的期限是几日", description="总局令第137号没有写明，比照听证。"),
    ] = 3
    decision_days_before_2019: Annotated[
        PositiveInt | None,
        Field(
            title="2019年4月1日以前，立案以后几日内作出决定",
            description="没有查到规定；不填的，满90日提醒，不作为期限。",
        ),
    ] = None
    report_days_since_2019: Annotated[
        PositiveInt | None,
        Field(title="2019年4月1日以后，结案以后几日内备案", description="清单写“及时”，没有写几日；不填的不计算。"),
    ] = None
    order_61_on: Annotated[
        datetime.date,
        Field(title="公告送达由60日改为30日的日期", description="总局令第61号的施行日期，未见原文；宁可晚，不宜早。"),
    ] = datetime.date(2022, 11, 1)
    weekends_move: Annotated[
        bool,
        Field(
            title="2019年4月1日以后，期限的最后一日是普通双休日的，是否顺延",
            description="规章写“法定节假日”，是否包括双休日没有写明。",
        ),
    ] = True
    caps_move: Annotated[
        bool,
        Field(
            title="登记保存、查封扣押、移送的期限遇休息日是否顺延",
            description="这几项限制的是本局，按不顺延掌握较稳妥。",
        ),
    ] = False
    old_acts_five_years: Annotated[
        bool,
        Field(
            title="2021年7月15日以前终了的违法行为，涉及生命健康、金融安全且有危害后果的，追责期限是否按五年",
            description="从旧兼从轻，按二年。",
        ),
    ] = False
    limitation_counts_first_day: Annotated[
        bool,
        Field(title="追责期限是否把违法行为终了的当日计入", description="按不计入，与其他期限一致。"),
    ] = False
    publish_in_seven: Annotated[
        bool,
        Field(
            title="2021年9月1日以后，处罚信息是否仍在7个工作日内公示",
            description="国办发〔2018〕118号的7个工作日与总局令第45号的20个工作日并存；按后者。",
        ),
    ] = False


def chosen() -> Choices:
    """The answers as the settings have them. Raises ValidationError of pydantic."""
    return Choices.model_validate_json(settings.CLOCKS)


def check_of(setting: str, questions: type[Document], number: str) -> Callable[..., list[checks.CheckMessage]]:
    """A check of Django that a setting holds answers to these questions."""

    def check(**kwargs: Any) -> list[checks.CheckMessage]:
        try:
            questions.model_validate_json(getattr(settings, setting))
        except ValidationError as error:
            places = "、".join(str(each["loc"][0]) if each["loc"] else "全部" for each in error.errors())
            hint = f"应当是 JSON，可以有 {'、'.join(questions.model_fields)}。"
            return [checks.Error(f"{setting} 写得不对：{places}。", hint=hint, id=number)]
        return []

    return check


check_choices = check_of("CLOCKS", Choices, "clocks.E001")
