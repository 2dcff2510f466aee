"""What the norms leave open in how a case is handled: each question has an answer until the bureau gives another.

`CASES` of the settings holds the other answers, as JSON: {"hearing_fine_organisation": 20000}.
"""

from decimal import Decimal
from typing import Annotated, Literal

from django.conf import settings
from pydantic import Field

from clocks.choices import check_of
from verbatim.documents import Document

Money = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class Choices(Document):
    hearing_fine_person: Annotated[
        Money | None,
        Field(
            title="对个人罚款多少元以上的，应当告知听证",
            description="本省规定的数额未见原文；不填的，2019年4月1日以前按3万元，以后按1万元。",
        ),
    ] = None
    hearing_fine_organisation: Annotated[
        Money | None,
        Field(
            title="对单位罚款多少元以上的，应当告知听证",
            description="本省规定的数额未见原文；不填的，2019年4月1日以前按3万元，以后按10万元。",
        ),
    ] = None
    majority_of: Annotated[
        Literal["present", "members"],
        Field(
            title="案审委按什么人数的过半数形成意见：present 出席并有表决权的，members 全体委员",
            description="规定没有写明。",
        ),
    ] = "present"
    review_at_until_2024: Annotated[
        tuple[str, ...],
        Field(title="2024年1月1日以前，向哪些机关申请行政复议", description="印在决定书上。"),
    ] = ("文安县人民政府", "廊坊市质量技术监督局")
    review_at: Annotated[
        tuple[str, ...],
        Field(title="2024年1月1日以后，向哪个机关申请行政复议", description="印在决定书上。"),
    ] = ("文安县人民政府",)
    sue_at: Annotated[
        str,
        Field(title="向哪个法院提起行政诉讼", description="印在决定书上；没有查到指定管辖的规定。"),
    ] = "文安县人民法院"
    public_names: Annotated[
        Literal["masked", "shown"],
        Field(
            title="公示处罚信息时，自然人当事人的姓名：masked 只留姓，shown 写全",
            description="各地做法不一；其他人的姓名总是遮盖。",
        ),
    ] = "masked"
    low_fine_person: Annotated[
        Money | None,
        Field(
            title="对个人罚款多少元以下的，是“较低数额罚款”，只公示三个月",
            description="本省规定的数额未见原文；不填的，罚款都公示三年。",
        ),
    ] = None
    low_fine_organisation: Annotated[
        Money | None,
        Field(
            title="对单位罚款多少元以下的，是“较低数额罚款”，只公示三个月",
            description="本省规定的数额未见原文；不填的，罚款都公示三年。",
        ),
    ] = None
    publicity_early_after: Annotated[
        int,
        Field(title="公示满几个月以后，才能依申请提前停止公示", description="未见原文。", ge=0, le=36),
    ] = 6
    paper_prefix: Annotated[
        str,
        Field(title="文书的字头", description="文号“文质监封字〔2018〕3号”里的“文质监”；本局的字头未见原件。"),
    ] = "文质监"
    paper_words: Annotated[
        dict[int, str],
        Field(title="各种文书文号里的代字，按文书目录的序号", description="不填的按程序自带的；未见原件。"),
    ] = Field(default_factory=dict)
    paper_names: Annotated[
        dict[int, str],
        Field(
            title="各种文书的名称，按文书目录的序号",
            description="不填的按质量监督行政处罚文书目录；2019年、2021年换过文书格式，改用新名称的在这里填。",
        ),
    ] = Field(default_factory=dict)


def chosen() -> Choices:
    """The answers as the settings have them. Raises ValidationError of pydantic."""
    return Choices.model_validate_json(settings.CASES)


check_choices = check_of("CASES", Choices, "cases.E001")
