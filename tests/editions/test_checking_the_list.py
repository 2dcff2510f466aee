"""孙丽 has the list checked: what a careful reader sees is found, what is in order is left alone."""

import datetime
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from editions.checkup import marks
from editions.checkup.checking import CheckUp, check_up
from editions.checkup.dictionary import Dictionary
from editions.checkup.lookalikes import is_simplified
from editions.checkup.rule import CheckContext, Family, Finding, Level, check, rule, rules
from editions.form.frames import Frame
from editions.life.edition import Edition
from editions.register.register import Listed, Register, compose
from laws.dictionary import read
from laws.models import KnownLaw, Term
from services.models import Service
from tests.conftest import REGISTER

TODAY = datetime.date(2017, 12, 1)


@dataclass(frozen=True)
class Slip:
    """A line of slips.txt, which was written by reading the list."""

    family: str
    is_sure: bool
    code: str
    anchor: str
    text: str

    def is_found_by(self, finding: Finding) -> bool:
        here = (finding.spot.code, finding.spot.anchor) == (self.code, self.anchor)
        return here and (self.text in finding.text or finding.text in self.text)


def slips() -> list[Slip]:
    lines = (Path(__file__).parent / "slips.txt").read_text(encoding="utf-8").splitlines()
    fields = [[field.strip() for field in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [Slip(*(how := head.split())[:1], how[1] == "!", *rest[:3]) for head, *rest in fields]


@pytest.fixture
def found(db: None) -> CheckUp:
    return check_up(Edition.objects.in_force().register(), TODAY)


def test_what_is_kept_with_an_edition_is_called_as_it_was_when_it_was_found(found: CheckUp) -> None:
    kept = CheckUp.read(found.dump())
    assert [each.finding.spot.named for each in kept.found] == [each.finding.spot.named for each in found.found]
    assert [each.finding.key for each in kept.found] == [each.finding.key for each in found.found]


def missed(found: CheckUp, family: str) -> list[Slip]:
    own = [each.finding for each in found.found if rule(each.finding.rule).family == family]
    return [slip for slip in slips() if slip.family == family and not any(slip.is_found_by(f) for f in own)]


def test_every_sure_slip_of_form_is_found(found: CheckUp) -> None:
    assert [slip for slip in missed(found, Family.MECHANICAL) if slip.is_sure] == []


@pytest.mark.parametrize("family", [Family.COMPARISON, Family.DICTIONARY])
def test_most_of_what_comparing_and_looking_up_shows_is_found(found: CheckUp, family: str) -> None:
    sure = [slip for slip in slips() if slip.family == family and slip.is_sure]
    lost = [slip for slip in missed(found, family) if slip.is_sure]
    assert len(lost) <= 0.1 * len(sure), lost


def test_hardly_any_alarm_is_false(found: CheckUp) -> None:
    everything = slips()
    false = [j.finding for j in found.found if not any(slip.is_found_by(j.finding) for slip in everything)]
    assert len(false) <= 3, [(f.rule, f.spot.named, f.text) for f in false]
    assert len(found.found) > 120


def test_nothing_in_the_list_of_2017_is_an_error(found: CheckUp) -> None:
    assert found.errors == []
    assert found.warnings


def test_what_is_in_order_is_left_alone(found: CheckUp) -> None:
    texts = [(each.finding.spot.code, each.finding.text) for each in found.found]
    assert not any("八大类" in text for _, text in texts)
    shared = "许可证是否在有效期内"
    assert not any(shared in text for _, text in texts)
    nested = "检验服务，指按照有关标准"  # brackets inside brackets that balance
    assert not any(nested in text for _, text in texts)
    markers = {each.finding.spot.code for each in found.found if each.finding.rule == "marker-order"}
    assert markers == set()  # （一） begins anew in each chapter


def test_every_finding_quotes_what_stands_at_its_place(found: CheckUp) -> None:
    register = Edition.objects.in_force().register()
    for judged in found.found:
        finding = judged.finding
        document = register.find(finding.spot.kind, finding.spot.code).document
        places = {place.anchor: place for place in document.places()}
        assert finding.spot.anchor in places, finding
        printed = "\n".join([*document.printed(), *(cell.text for p in places.values() for cell in p.cells)])
        assert finding.text in printed, finding
        assert finding.sentence.endswith("。"), finding
        assert "{" not in finding.sentence


def test_each_rule_says_what_it_is() -> None:
    codes = [each.code for each in rules()]
    assert len(codes) == len(set(codes))
    for each in rules():
        assert each.__doc__, each
        assert re.search("[\u4e00-\u9fff]", each.label + each.says), each
        assert re.fullmatch("[a-z]+(-[a-z]+)*", each.code), each


def changed(register: Register, kind: str, code: str, **values: Any) -> Register:
    rows = tuple(
        Listed(row.serial, row.document.model_copy(update=values)) if row.document.code == code else row
        for row in register.of(kind)
    )
    return Register({**register.listed, kind: rows})


def new_findings(before: Register, after: Register) -> list[tuple[str, str]]:
    fresh = check_up(after, TODAY).new_since(check_up(before, TODAY))
    return [(each.finding.rule, each.finding.text) for each in fresh.found]


CLEAN = "宣传计量知识，开展计量惠民服务活动"


@pytest.mark.parametrize(
    ("slip", "code", "text"),
    [
        ("宣传《计量知识，开展计量惠民服务活动", "unbalanced", "《计量知识，开展计量惠民服务活动"),
        ("宣传计量知识，，开展计量惠民服务活动", "doubled-mark", "，，"),
        ("宣传计量知识,开展计量惠民服务活动", "half-width", "计量知识,开展计量"),
        ("宣传计量知识 ，开展计量惠民服务活动", "spaced", "计量知识 ，"),
        ("宣传计量知识开展惠民开展惠民服务活动", "back-to-back", "开展惠民开展惠民"),
        ("在××县宣传计量知识，开展计量惠民服务活动", "placeholder", "××县宣传计量知识"),
        ("宣传计量知识。开展计量惠民服务活动", "unfinished", "开展计量惠民服务活动"),
        ("宣传计量知识，检检验机构开展服务活动", "doubled-character", "检检验机构"),
        ("依据《计量法实施细则》宣传计量知识", "short-title", "计量法实施细则"),
        ("依据《实验室资质认定评审准则》宣传计量知识", "repealed-law", "实验室资质认定评审准则"),
        ("向取证企业宣传计量知识，开展计量惠民服务活动", "term", "取证企业"),
    ],
)
def test_a_new_slip_is_found_and_nothing_else(db: None, slip: str, code: str, text: str) -> None:
    register = compose()
    assert new_findings(register, changed(register, "services", "FW-04", content=CLEAN)) == []
    assert new_findings(register, changed(register, "services", "FW-04", content=slip)) == [(code, text)]


def test_a_serial_number_given_twice_is_an_error(db: None) -> None:
    register = compose()
    rows = [Listed("4", row.document) if row.document.code == "FW-05" else row for row in register.of("services")]
    found = check_up(Register({**register.listed, "services": tuple(rows)}), TODAY)
    assert [(each.finding.spot.code, each.finding.level) for each in found.errors] == [
        ("FW-04", Level.ERROR),
        ("FW-05", Level.ERROR),
    ]


def test_what_the_staff_put_into_the_dictionary_is_looked_for(db: None) -> None:
    register = compose()
    before = check_up(register, TODAY)
    Term(wrong="血压计").put(reason="用规范名称", right="血压测量仪")
    fresh = check_up(register, TODAY).new_since(before)
    assert [(each.finding.spot.code, each.finding.text) for each in fresh.found] == [("FW-01", "血压计")]
    Term.objects.get(wrong="血压计").retire(reason="不用了")
    assert check_up(register, TODAY).found == before.found


def test_a_law_is_no_basis_before_the_day_on_which_it_is_in_force(db: None) -> None:
    law = KnownLaw.objects.get(title="计量标准考核办法")
    law.put(reason="修订", in_force_on=datetime.date(2018, 3, 1))
    register = compose()
    found = {day: check_up(register, day).found for day in (datetime.date(2018, 2, 28), datetime.date(2018, 3, 1))}
    told = {day: [j.finding.sentence for j in each if j.finding.rule == "law-not-yet"] for day, each in found.items()}
    assert [bool(each) for each in told.values()] == [True, False]
    assert "《计量标准考核办法》2018-03-01 起施行，在本版施行之后。" in told[datetime.date(2018, 2, 28)]


def test_a_law_is_bad_from_the_day_of_its_repeal(db: None) -> None:
    register = compose()
    KnownLaw.objects.get(title="计量标准考核办法").put(reason="废止", repealed_on=datetime.date(2018, 3, 1))
    for day, expected in ((datetime.date(2018, 2, 28), 0), (datetime.date(2018, 3, 1), 1)):
        said = [each.finding.text for each in check_up(register, day).found if each.finding.rule == "repealed-law"]
        assert said.count("计量标准考核办法") == expected


def test_the_same_list_is_checked_once(db: None, django_assert_max_num_queries: Any) -> None:
    register = compose()
    check_up(register, TODAY)
    with django_assert_max_num_queries(4):
        check_up(compose_again(register), TODAY)


def compose_again(register: Register) -> Register:
    return Register(dict(register.listed))


@given(st.text(alphabet="《》（）“”，。、宣传计量 ", max_size=30))
def test_no_text_upsets_the_rules_of_marks(text: str) -> None:
    for each in marks.RULES:
        for found, _ in each().slips(text):
            assert found in text


LETTERS = "《》（）“”，。、；：., 　1２一（检验机构企业负责0316-检检"


@pytest.fixture
def in_order(db: None) -> tuple[Register, Dictionary]:
    return compose(), Dictionary.of(read())


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_upsets_any_rule(in_order: tuple[Register, Dictionary], data: st.DataObject) -> None:
    """Whatever is typed into a place of the list, it is checked, and what is found stands there."""
    register, dictionary = in_order
    kind = data.draw(st.sampled_from(["duties", "boundaries", "services", "supervision"]))
    document = data.draw(st.sampled_from(register.documents(kind)))
    place = data.draw(st.sampled_from([place for place in document.places() if any(c.text for c in place.cells)]))
    line = data.draw(st.sampled_from([c.text for c in place.cells if c.text])).split("\n")[0]
    at = data.draw(st.integers(0, len(line)))
    typed = line[:at] + data.draw(st.text(alphabet=LETTERS, min_size=1, max_size=8)) + line[at:]
    try:
        mended = document.mended(place.anchor, line, typed.strip())
    except ValidationError:
        assume(False)  # refused where it is typed
    assume(mended is not None)
    rows = tuple(Listed(r.serial, mended) if r.document is document else r for r in register.of(kind))
    findings = check(CheckContext(Register({**register.listed, kind: rows}), dictionary, TODAY))
    assert all(each.sentence.endswith("。") for each in findings)


@given(st.recursive(st.just("字"), lambda inner: st.tuples(st.sampled_from(["《》", "（）", "“”"]), inner, inner).map(
    lambda parts: parts[0][0] + parts[1] + parts[0][1] + parts[2]), max_leaves=8))  # fmt: skip
def test_what_balances_is_left_alone_however_deep(text: str) -> None:
    assert list(marks.Unbalanced().slips(text)) == []


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_register", *args, stdout=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_tells_rule_level_place_text_and_sentence(db: None) -> None:
    status, said = run("--format", "json", "--edition", "2017-12")
    rows = json.loads(said)
    assert status == 0
    assert {"rule": "doubled-mark", "level": "warning", "kind": "supervision", "code": "JG-08", "anchor": "c2-8",
            "place": "JG-08 二、监督检查内容 （八）", "text": "；、",
            "line": "（八）是否存在许可证件转让、买卖、出租、出借等情况；、",
            "sentence": "“；、”是两个标点连在一起，请只留一个。"} in rows  # fmt: skip


def test_the_command_fails_where_it_is_told_to(db: None) -> None:
    assert run("--fail-level", "warning")[0] == 1
    assert run()[0] == 0
    status, said = run(*map(str, REGISTER))
    assert status == 0
    assert re.search(r"提醒 \d+ 条", said), said
    Service.objects.get(code="FW-05").put(reason="误", serial="4")
    assert run()[0] == 1
    with pytest.raises(CommandError, match="没有 2031-01 版"):
        run("--edition", "2031-01")


def test_a_wrong_character_in_a_sentence_that_many_share_is_found(in_order: tuple[Register, Dictionary]) -> None:
    register, dictionary = in_order
    place, line = next(
        (place, cell.text)
        for place in register.find("supervision", "JG-02").document.places()
        for cell in place.cells
        if "对违法行为进行依法查处" in cell.text
    )
    mended = register.find("supervision", "JG-02").document.mended(place.anchor, line, line.replace("违法", "违注"))
    rows = tuple(Listed(r.serial, mended) if r.document.code == "JG-02" else r for r in register.of("supervision"))
    after = check(CheckContext(Register({**register.listed, "supervision": rows}), dictionary, TODAY))
    before = check(CheckContext(register, dictionary, TODAY))
    fresh = {(f.rule, f.spot.code, f.text) for f in after} - {(f.rule, f.spot.code, f.text) for f in before}
    assert any(code == "JG-02" and "违注" in text for _, code, text in fresh), fresh


@pytest.mark.parametrize("day", ["null", "2017-12-01"])
def test_a_file_may_leave_its_day_open(db: None, tmp_path: Path, day: str) -> None:
    assert run(*in_files(tmp_path, day))[0] == 0


def test_a_day_that_is_none_is_told(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="施行日期“soon”不是日期"):
        run(*in_files(tmp_path, "soon"))


def in_files(folder: Path, day: str) -> list[str]:
    """The list of 2017, to be in force from that day."""
    others = [str(path) for path in REGISTER if "effective_on" not in path.read_text(encoding="utf-8")]
    (own,) = (path.read_text(encoding="utf-8") for path in REGISTER if str(path) not in others)
    file = folder / "list.yaml"
    file.write_text(re.sub(r"(effective_on: ).*", rf"\g<1>{day}", own), encoding="utf-8")
    return [*others, str(file)]


def regime(register: Register, code: str) -> Any:
    return register.find("supervision", code).document


def chapters_but(register: Register, code: str, anchor: str, **values: Any) -> dict[str, Any]:
    """The chapters of a regime, one of them changed; without values it is left out."""
    own = regime(register, code).chapters
    kept = [c.model_copy(update=values) if c.anchor == anchor else c for c in own if values or c.anchor != anchor]
    return {"chapters": tuple(kept)}


def marked(register: Register, marker: str) -> dict[str, Any]:
    """JG-01 with its second item of chapter 二 marked otherwise."""
    chapter = next(c for c in regime(register, "JG-01").chapters if c.anchor == "c2")
    clauses = tuple(c.model_copy(update={"marker": marker}) if c.anchor == "c2-2" else c for c in chapter.clauses)
    return chapters_but(register, "JG-01", "c2", clauses=clauses)


def saying(register: Register, text: str) -> dict[str, Any]:
    """JG-01 whose chapter 四 says this."""
    chapter = next(c for c in regime(register, "JG-01").chapters if c.anchor == "c4")
    return chapters_but(register, "JG-01", "c4", clauses=(chapter.clauses[0].model_copy(update={"text": text}),))


def shares_but(register: Register, **values: Any) -> dict[str, Any]:
    first, *rest = register.find("boundaries", "BJ-02").document.shares
    return {"shares": (first.model_copy(update=values), *rest)}


def bases_but(register: Register) -> dict[str, Any]:
    first, second = register.find("boundaries", "BJ-02").document.bases
    return {"bases": (first, second.model_copy(update={"text": second.text.replace("2.", "3.")}))}


@pytest.mark.parametrize(
    ("kind", "code", "change", "rule_code"),
    [
        ("cover", "cover", lambda r: {"declared": 41}, "declared-sum"),
        ("services", "FW-02", lambda r: {"content": "受理\U00031350的申请"}, "not-printable"),
        ("services", "FW-03", lambda r: {"title": "质量月活动"}, "same-title"),
        ("services", "FW-02", lambda r: {"offices": ""}, "no-provider"),
        ("services", "FW-02", lambda r: {"phones": "5255908"}, "area-code"),
        ("services", "FW-02", lambda r: {"offices": "质量监督股、质量监督股"}, "provider-twice"),
        ("supervision", "JG-01", lambda r: saying(r, "按本制度第九章办理。"), "no-such-article"),
        ("supervision", "JG-01", lambda r: saying(r, "按第二章第（二十）项办理。"), "no-such-article"),
        ("supervision", "JG-01", lambda r: saying(r, "按本章第（七）项办理。"), "no-such-article"),
        ("supervision", "JG-01", lambda r: saying(r, "按前款第十五项办理。"), "no-such-article"),
        ("supervision", "JG-01", lambda r: chapters_but(r, "JG-01", "c4", clauses=()), "empty-chapter"),
        ("supervision", "JG-01", lambda r: chapters_but(r, "JG-01", "c4"), "missing-chapter"),
        ("supervision", "JG-01", lambda r: marked(r, "（三）"), "marker-order"),
        ("supervision", "JG-01", lambda r: marked(r, "（一）"), "marker-order"),
        ("boundaries", "BJ-02", lambda r: shares_but(r, text=""), "no-share"),
        ("boundaries", "BJ-02", lambda r: {"shares": ()}, "no-share"),
        ("boundaries", "BJ-02", lambda r: {"bases": ()}, "no-basis"),
        ("boundaries", "BJ-02", bases_but, "basis-order"),
    ],
)
def test_what_the_list_of_2017_has_none_of_is_found_too(
    db: None, kind: str, code: str, change: Any, rule_code: str
) -> None:
    register = compose()
    found = new_findings(register, changed(register, kind, code, **change(register)))
    assert rule_code in {each for each, _ in found}


@pytest.mark.parametrize(
    "text", ["按本制度第二章办理。", "按第二章第（一）项办理。", "按《计量法》第九章办理。", "按计量法第九章办理。"]
)
def test_what_is_referred_to_and_is_there_is_left_alone(db: None, text: str) -> None:
    register = compose()
    found = new_findings(register, changed(register, "supervision", "JG-01", **saying(register, text)))
    assert "no-such-article" not in {each for each, _ in found}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("序号\n服务事项\n主要内容\n承办单位\n联系电话", "表里没有“承办单位”，表头没有印“承办机构”"),
        ("序号\n服务事项\n主要内容\n承办机构", "表头没有印“联系电话”"),
        ("序号\n服务事项\n主要内容\n联系电话\n承办机构", "先后不一样"),
        ("", "表头没有印“序号”"),
    ],
)
def test_a_frame_whose_titles_are_not_those_of_the_columns_is_told(db: None, columns: str, said: str) -> None:
    Frame.objects.get(part="services").put(reason="改", columns=columns)
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.rule == "column-titles"]
    assert [(finding.spot.kind, finding.spot.code) for finding in found] == [("frames", "services")]
    assert said in found[0].sentence


@pytest.mark.parametrize("columns", ["序号\n服务事项\n主要内容\n承办机构", "序号\n甲\n乙\n丙\n丁\n戊"])
def test_more_titles_than_cells_or_fewer_keep_a_list_from_being_issued(db: None, columns: str) -> None:
    Frame.objects.get(part="services").put(reason="改", columns=columns)
    printed = columns.count("\n") + 1
    errors = [judged.finding for judged in check_up(compose(), TODAY).errors]
    assert [(e.rule, e.spot.code, e.sentence) for e in errors] == [
        ("column-count", "services", f"表头印了 {printed} 栏，表里是 5 栏，请改成一样多。")
    ]
    assert compose().faults() == [f"公共服务的表头印了 {printed} 栏，表里是 5 栏。"]


def test_a_serial_number_left_out_is_told_once(db: None) -> None:
    register = compose()
    rows = [Listed(str(int(row.serial) + (int(row.serial) > 4)), row.document) for row in register.of("services")]
    found = new_findings(register, Register({**register.listed, "services": tuple(rows)}))
    assert [each for each in found if each[0] == "serial-order"] == [("serial-order", "6")]


def test_an_edition_that_prints_an_older_date_is_told_and_working_rows_are_not(db: None) -> None:
    register, day = compose(), datetime.date(2018, 3, 1)

    def dated(on: datetime.date, *, as_edition: bool) -> list[tuple[str, str]]:
        found = check_up(register, on, as_edition=as_edition).found
        return [(j.finding.spot.kind, j.finding.text) for j in found if j.finding.rule == "old-date"]

    assert dated(day, as_edition=True) == [("cover", "2017年12月"), ("frames", "填报时间：2017年12月")]
    assert dated(day, as_edition=False) == []
    assert dated(datetime.date(2017, 12, 31), as_edition=True) == []


def test_serial_numbers_are_asked_for_where_some_item_has_one(db: None) -> None:
    register = compose()
    rows = register.of("services")
    bare = tuple(Listed("", row.document) for row in rows)
    found = new_findings(register, Register({**register.listed, "services": bare}))
    assert "serial-order" not in {each for each, _ in found}
    gap = (rows[0], Listed("", rows[1].document), *rows[2:])
    found = new_findings(register, Register({**register.listed, "services": gap}))
    assert [each for each in found if each[0] == "serial-order"] == [("serial-order", "")]


def test_every_rule_has_found_something_in_these_tests(db: None) -> None:
    """A rule that nothing here sets off might be broken."""
    seen = {each.finding.rule for each in check_up(compose(), TODAY).found}
    elsewhere = {"declared-sum", "same-title", "no-provider", "empty-chapter", "missing-chapter", "marker-order",
                 "no-share", "no-basis", "basis-order", "serial-order", "provider-twice", "repeated-serial",
                 "by-hand", "law-not-yet", "old-date", "column-titles", "column-count", "not-printable",
                 "office-separator", "lookalike", "lookalike-dash", "full-width-figure",
                 "letter-for-figure", "private-mobile", "two-numbers"}  # fmt: skip
    assert {each.code for each in rules()} - seen - elsewhere == set()


@pytest.mark.parametrize(
    "text",
    [
        *("市市场监管局", "同市市政园林局办理", "本县县域的协调", "由区区政府办承担", "计量所所长", "质量股股长签字"),
        *("登录 http://zwfw.example.gov.cn/item/10010011 查询", "邮编 000000", "到 100100 号窗口"),
    ],
)
def test_words_are_taken_whole(db: None, text: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", content=text)
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    assert not {finding.rule for finding in found} & {"doubled-character", "back-to-back"}


@pytest.mark.parametrize(
    "phones",
    [
        *("（0316）5255905", "(0316)5255905", "0316—5255905转8003", "0316 5255905", "0316－5255905", "0316--5255905"),
        *("13800001234", "12365", "5255905@qq.com", "www.example.cn/5255905", "400-800-1234"),
    ],
)
def test_a_phone_is_read_however_its_area_code_is_set_off(db: None, phones: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", phones=phones)
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    assert not {finding.rule for finding in found} & {"area-code", "phone-unlike"}


def test_of_the_other_phones_is_said_only_what_is_so(db: None) -> None:
    Service.objects.get(code="FW-02").put(reason="改", phones="5255908、0317-5255908")
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-02"]
    assert [finding.sentence for finding in found if finding.rule in ("area-code", "phone-unlike")] == [
        "电话 5255908 没有写区号，清单里有 10 个固定电话写了。",
        "电话 0317-5255908 不像其他电话那样以 0316-525 开头，请核对。",
    ]
    for service in Service.objects.exclude(code="FW-02"):
        service.put(reason="改", phones=service.phones.replace("0316-", ""))
    assert not any(j.finding.rule == "area-code" for j in check_up(compose(), TODAY).found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("会同有关部⻔", "“⻔”（U+2ED4）看起来没有错，其实不是通行的字，查找、朗读都认不出，请改成“门”。"),
        ("登记⼾口", "“⼾”（U+2F3E）看起来没有错，其实不是通行的字，查找、朗读都认不出，请改成“户”。"),
        ("女\uf92c来访", "“\uf92c”（U+F92C）看起来没有错，其实不是通行的字，查找、朗读都认不出，请改成“郎”。"),
        ("编号 12‑34", "“12‑34”里的横线（U+2011）不是“-”，请改成“12-34”。"),
        ("编号 12一34", "“12一34”里的横线（U+4E00）不是“-”，请改成“12-34”。"),
        ("每年１２次", "“１２”是全角数字，请用半角。"),
        ("电话 0316-52559O5", "“52559O5”里的“O”不是数字，请改成“5255905”。"),
        ("编号 2l5", "“2l5”里的“l”不是数字，请改成“215”。"),
        ("二○一七年", "“二○一七”里的“○”不是数字，请改成“二〇一七”。"),
    ],
)
def test_what_only_looks_right_is_told_with_the_right_character(db: None, text: str, found: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", content=text)
    mine = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    assert [each.sentence for each in mine if rule(each.rule).__module__.endswith("lookalikes")] == [found]


@pytest.mark.parametrize(
    "text",
    ["3—5日内", "GB/T 19001—2016", "2017–2018年", "ISO9001", "①②", "二〇一七年", "10l水", "O2O平台"],
)
def test_a_dash_of_a_range_and_letters_of_a_name_are_left_alone(db: None, text: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", content=text)
    mine = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    assert [each.sentence for each in mine if rule(each.rule).__module__.endswith("lookalikes")] == []


def test_where_the_list_is_in_traditional_characters_so_is_what_is_meant() -> None:
    assert is_simplified("文安县质量技术监督局登记户口")
    assert not is_simplified("文安縣質量技術監督局登記戶口")


@pytest.mark.parametrize("phones", ["0316—5255905", "0316一5255905", "0316－5255905"])
def test_a_wrong_dash_of_a_phone_is_no_missing_area_code(db: None, phones: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", phones=phones)
    mine = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    assert [each.sentence for each in mine if each.rule in ("lookalike-dash", "area-code", "phone-unlike")] == [
        f"“{phones}”里的横线（U+{ord(phones[4]):04X}）不是“-”，请改成“0316-5255905”。"
    ]


@pytest.mark.parametrize("text", ["请打13800001234", "联系人 138-0000-1234", "+8613800001234"])
def test_a_mobile_in_public_text_is_told_and_as_the_phone_of_an_office_is_not(db: None, text: str) -> None:
    service = Service.objects.get(code="FW-05")
    service.put(reason="改", content=text, phones="13800001234")
    mine = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    (told,) = [each for each in mine if each.rule == "private-mobile"]
    assert (told.line, "1234" in told.text) == (text, True)


def test_an_office_with_two_phones_is_told(db: None) -> None:
    services = {"FW-05": "0316-5255905", "FW-06": "5255999"}
    for code, phone in services.items():
        Service.objects.get(code=code).put(reason="改", offices="质量监督股", phones=phone)
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.rule == "two-numbers"]
    mine = [finding.sentence for finding in found if finding.spot.code == "FW-06"]
    assert len(mine) == 1
    assert mine[0].startswith("质量监督股这里的电话是 5255999，别处（")


@pytest.mark.parametrize("offices", ["质量监督股 标准化股", "质量监督股/标准化股", "质量监督股，标准化股"])
def test_offices_run_together_are_told_in_words_that_help(db: None, offices: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", offices=offices)
    found = [j.finding for j in check_up(compose(), TODAY).found if j.finding.spot.code == "FW-05"]
    said = [finding.sentence for finding in found if finding.rule in ("office-separator", "spaced", "half-width")]
    assert said == [f"“{offices}”里股室之间用“、”分开，或者各写一行。"]


@pytest.mark.parametrize("phones", ["13800001234", "办公地址 10010011234567"])
def test_a_part_of_a_longer_number_is_no_phone_without_its_area_code(db: None, phones: str) -> None:
    Service.objects.get(code="FW-05").put(reason="改", phones=phones)
    found = check_up(compose(), TODAY)
    assert not any(f.finding.rule == "area-code" and f.finding.spot.code == "FW-05" for f in found.found)


def test_an_office_that_nobody_knows_is_told_whole(db: None) -> None:
    Service.objects.get(code="FW-05").put(reason="改", offices="食品质量监督股、稽查股")
    said = [f.finding.sentence for f in check_up(compose(), TODAY).found if f.finding.rule == "unknown-office"]
    assert "“食品质量监督股”不是股室名册里的名称，请写明是哪些股室。" in said


def test_no_two_rules_are_called_alike() -> None:
    labels = [each.label for each in rules()]
    assert sorted(labels) == sorted(set(labels))
