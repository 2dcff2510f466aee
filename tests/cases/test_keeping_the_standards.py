"""法规审核 keeps what penalties are measured by: documents, what is punished, the articles, factors and bands."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import roles
from cases.amounts import Grade
from cases.discretion import loading
from cases.discretion.standards import Band, By, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation, When
from cases.penalties import Penalty
from editions.life.edition import Edition
from tests.conftest import make_account, signed_in
from tests.posting import Form

DAY = datetime.date(2026, 3, 2)
KEPT = (Standard, Violation, Provision, ProvisionKind, Factor, Band)


@pytest.fixture
def sun(db: None) -> Any:
    """孙丽, who reviews the law."""
    return make_account("sunli", roles.REVIEWER, "孙", "丽")


@pytest.fixture
def standard(db: None) -> Standard:
    return Standard(title="河北省质量技术监督行政处罚裁量权适用规则").put(
        reason="录入",
        issuer="河北省质量技术监督局",
        number="冀质监发〔2013〕1号",
        published_on=DAY,
        since=DAY,
    )


def band(standard: Standard | None, **given: Any) -> Band:
    provision = Provision.objects.get(code="FZ-02")
    values = {"standard": standard, "provision": provision, "grade": Grade.LIGHT, "by": By.SUM, "low": 0, "high": 300}
    return Band(**{**values, **given})


def refused(row: Any) -> str:
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return " ".join(error.value.messages)


def written(row: Any) -> None:
    """As if no form and no `clean` stood before the database."""
    row.save(reason="绕过表单")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_first_rows_are_those_of_regime_twelve_each_with_its_clause(db: None) -> None:
    register = Edition.objects.get().register()
    regime = register.find("supervision", "JG-12")
    assert regime is not None
    printed = {place.anchor: "".join(cell.text for cell in place.cells) for place in regime.document.places()}
    violations = list(Violation.objects.all())
    assert [each.anchor for each in violations] == [
        "c5-2",
        *("c5-3-1", "c5-3-2"),
        *("c5-4-1", "c5-4-2", "c5-4-3", "c5-4-4", "c5-4-5"),
        "c5-5",
    ]
    for violation in violations:
        (provision,) = violation.provisions.with_kinds()
        assert holds_in_order(printed[violation.anchor], violation.name)
        of_all_points = printed[violation.anchor.rsplit("-", 1)[0]]
        assert provision.quoted in of_all_points or provision.quoted in printed[violation.anchor]


def holds_in_order(text: str, name: str) -> bool:
    """Whether a name is made of characters of a text, left out but never put in."""
    rest = iter(text)
    return all(character in rest for character in name)


def test_what_the_article_gives_is_as_the_list_prints_it(db: None) -> None:
    said = {each.violation.anchor: each.said_range for each in Provision.objects.with_kinds()}
    assert said["c5-3-1"] == "应当：警告、罚款 0 元到 1000 元"
    assert said["c5-4-2"] == "应当：警告、罚款 0 元到 1000 元；情节严重的：吊销其计量授权证书"
    assert said["c5-5"] == "应当：没收其非法检定印、证；可以：没收全部违法所得、罚款 0 元到 2000 元"


def test_a_second_load_adds_nothing_and_leaves_what_was_changed(db: None) -> None:
    Violation.objects.get(code="WF-05").put(reason="改", name="伪造检定数据")
    assert loading.load(loading.shipped()) == 0
    assert Violation.objects.get(code="WF-05").name == "伪造检定数据"


def test_a_band_has_a_document_that_says_who_issued_it(standard: Standard) -> None:
    assert "这个值不能为 null" in refused(band(None))
    with pytest.raises(IntegrityError), transaction.atomic():
        written(band(None))
    for empty in ("issuer", "number", "title"):
        with pytest.raises(ValidationError):
            Standard(
                **{
                    "title": "甲",
                    "issuer": "乙",
                    "number": "丙",
                    "published_on": DAY,
                    "since": DAY,
                    empty: "",
                }
            ).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            standard.put(reason="绕过表单", **{empty: ""})
        standard.refresh_from_db()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"high": Decimal("1000.01")}, "高于法定的最高限 1000"),
        ({"by": By.TIMES, "low": 1, "high": 3}, "按数额罚款"),
        ({"low": 400}, "前者不大于后者"),
        ({"grade": Grade.MITIGATED, "by": By.SHARE, "low": 0, "high": 30}, "不能按法定幅度的百分之几"),
        ({"kind": Penalty.REVOCATION, "by": "", "low": None, "high": None}, "没有吊销许可证件"),
        ({"kind": Penalty.FINE, "by": ""}, "罚款要填按什么算"),
    ],
)
def test_a_band_beyond_the_law_is_refused_on_the_page_and_by_the_database(
    standard: Standard, given: dict[str, Any], why: str
) -> None:
    assert why in refused(band(standard, **given))
    with pytest.raises(IntegrityError), transaction.atomic():
        written(band(standard, **given))


def test_what_is_only_for_grave_acts_is_in_the_heavy_band_alone(standard: Standard) -> None:
    revoked = {"provision": Provision.objects.get(code="FZ-05"), "kind": Penalty.REVOCATION, "by": ""}
    light = band(standard, **revoked, low=None, high=None)
    assert "只给情节严重的" in refused(light)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(light)
    written(band(standard, **revoked, low=None, high=None, grade=Grade.HEAVY))


def test_below_the_minimum_there_is_only_the_mitigated_band(standard: Standard) -> None:
    Provision.objects.get(code="FZ-02").put(reason="改", minimum=Decimal(200))
    low = {"low": 100, "high": 200}
    assert "只有减轻可以" in refused(band(standard, **low))
    with pytest.raises(IntegrityError), transaction.atomic():
        written(band(standard, **low))
    made = band(standard, grade=Grade.MITIGATED, **low)
    made.full_clean(exclude=["code"])
    written(made)


def test_an_article_cannot_be_narrowed_under_its_bands(standard: Standard) -> None:
    written(band(standard, high=800))
    with pytest.raises(IntegrityError, match="超出了罚则规定的种类或者幅度"), transaction.atomic():
        written(Provision.objects.get(code="FZ-02").put(reason="改", maximum=Decimal(500)))
    with pytest.raises(IntegrityError, match="超出了罚则规定的种类或者幅度"), transaction.atomic():
        written(ProvisionKind.objects.get(provision__code="FZ-02", kind="罚款").put(reason="改", retired_on=DAY))


def test_what_is_for_every_article_is_a_share_of_the_law(standard: Standard) -> None:
    assert "只能按法定幅度的百分之几" in refused(band(standard, provision=None))
    assert "最多一百" in refused(band(standard, provision=None, by=By.SHARE, low=70, high=101))
    band(standard, provision=None, by=By.SHARE, low=30, high=70, grade=Grade.USUAL).full_clean(exclude=["code"])


def test_standards_are_in_force_by_their_days(standard: Standard) -> None:
    standard.put(reason="失效", until=DAY + datetime.timedelta(days=10), replaced_by="新的文件")
    for day, is_there in ((-1, False), (0, True), (10, True), (11, False)):
        found = Standard.objects.in_force_on(DAY + datetime.timedelta(days=day))
        assert (standard in found) is is_there
        assert standard.is_in_force_on(DAY + datetime.timedelta(days=day)) is is_there


def test_she_enters_a_band_on_its_page_and_the_trail_says_why(sun: Any, standard: Standard) -> None:
    client = signed_in(sun)
    add = "/admin/cases/band/add/"
    form = Form(client.get(add).content.decode()).fields
    sent = {
        **form,
        "standard": str(standard.pk),
        "provision": str(Provision.objects.get(code="FZ-02").pk),
        "grade": "从轻",
        "kind": "罚款",
        "by": "sum",
        "low": "0",
        "high": "1000.01",
        "change_reason": "省局文件第3页",
    }
    page = client.post(add, sent).content.decode()
    assert "高于法定的最高限 1000" in page
    client.post(add, {**sent, "high": "300"})
    made = Band.objects.latest("pk")
    assert str(made) == "CD-03 从轻：罚款 0 元到 300 元"
    record = made.history.get()
    assert (record.history_user_name, record.history_change_reason) == ("孙丽", "省局文件第3页")


@pytest.mark.parametrize("role", sorted(set(roles.ROLES) - {roles.REVIEWER}))
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model._meta.model_name)
def test_nobody_else_keeps_them(db: None, role: str, model: Any) -> None:
    client = signed_in(make_account("someone", role, "某", "人", office="GS-01" if role == roles.CHIEF else ""))
    for act in ("add", "import"):
        assert client.get(f"/admin/cases/{model._meta.model_name}/{act}/").status_code == 403
    looks = roles.STANDARDS in roles.ROLES[role]
    assert client.get(f"/admin/cases/{model._meta.model_name}/").status_code == (200 if looks else 403)


def test_a_kind_of_penalty_is_given_always_or_perhaps_or_where_it_is_grave(db: None) -> None:
    law = Provision.objects.with_kinds().get(code="FZ-05").legal_range()
    assert law.compulsory == {Penalty.WARNING, Penalty.FINE}
    assert law.grave == {Penalty.REVOCATION}
    ProvisionKind.objects.get(provision__code="FZ-05", kind="吊销许可证件").put(reason="改", when=When.MAY)
    assert Provision.objects.with_kinds().get(code="FZ-05").legal_range().optional == {Penalty.REVOCATION}


def test_a_range_has_both_its_ends(db: None) -> None:
    band = Band(
        standard=Standard.objects.get(code="JZ-03"), provision=Provision.objects.get(code="FZ-05"), grade="从轻"
    )
    band.by = "sum"
    with pytest.raises(IntegrityError), transaction.atomic():
        band.save(reason="绕过表单")
    article = Provision.objects.get(code="FZ-05")
    article.unit, article.maximum = "gains", Decimal(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save(reason="绕过表单")
