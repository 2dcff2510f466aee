"""The frames of the form: what the cover declares, what the parts are called, what was left standing in the notes."""

import re
from collections import Counter
from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Finding, Level, Rule, Spot, TextRule
from editions.form.dates import printed_months
from verbatim.fields import paragraphs
from verbatim.numerals import number


class DeclaredCount(Rule):
    """The list holds as many items as its cover says, in each part and on the whole."""

    code, label = "declared-count", "项数不符"
    says = "封面写{called} {declared} 项，表中实有 {held} 项。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        register = checked.register
        cover, here = register.cover, Spot("cover", register.cover.code)
        if cover.declared is not None and cover.declared != register.item_count():
            yield self.at(here, cover.total_line, called="共", declared=cover.declared, held=register.item_count())
        for part, declared, held in register.count_mismatches():
            label = register.frame(part.name).cover_label or part.label
            found = re.search(rf"{re.escape(label)}\s*{declared}\s*项", cover.breakdown_line)
            text = found.group() if found else cover.breakdown_line
            yield self.at(here, text, cover.breakdown_line, called=label, declared=declared, held=held)


class DeclaredSum(Rule):
    """The numbers of the parts make the total of the cover."""

    code, label = "declared-sum", "分项与总数不符"
    says = "封面总数是 {total} 项，各部分加起来是 {sum} 项。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        cover = checked.register.cover
        declared = [checked.register.declared(part.name) for part in checked.register.parts]
        if cover.declared is not None and None not in declared and sum(filter(None, declared)) != cover.declared:
            yield self.at(
                Spot("cover", cover.code), cover.breakdown_line, total=cover.declared, sum=sum(filter(None, declared))
            )


class CoverLabel(Rule):
    """The cover calls each part by the name that stands over it."""

    code, label = "cover-label", "封面与标题不一致"
    says = "封面叫“{label}”，正文标题是“{text}”。"
    FORM = re.compile(r"(?:登记)?表$")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part in checked.register.parts:
            frame = checked.register.frame(part.name)
            if frame.cover_label and self.FORM.sub("", frame.heading) != frame.cover_label:
                yield self.at(
                    Spot("frames", part.name), frame.heading, frame.numeral + frame.heading, label=frame.cover_label
                )


class PartNumeral(Rule):
    """The parts are numbered on end, all of them or none."""

    code, label = "part-numeral", "缺编号"
    says = "“{text}”前面没有编号，按顺序应当是{wanted}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        frames = [(part, checked.register.frame(part.name)) for part in checked.register.parts]
        if any(frame.numeral for _, frame in frames):
            for place, (part, frame) in enumerate(frames, start=1):
                if number(frame.numeral) != place:
                    wanted = f"“{'一二三四五六七八九十'[place - 1]}、”"
                    yield self.at(Spot("frames", part.name), frame.numeral + frame.heading, wanted=wanted)


class ColumnCount(Rule):
    """A form has as many titles as columns: otherwise they stand over the wrong cells."""

    code, label, level = "column-count", "栏目的个数不对", Level.ERROR
    says = "表头印了 {printed} 栏，表里是 {held} 栏，请改成一样多。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part, printed, held in checked.register.title_mismatches():
            columns = checked.register.frame(part.name).columns
            yield self.at(Spot("frames", part.name), line=columns, printed=printed, held=held)


class ColumnTitles(Rule):
    """Over each column of a form stands what the column is called."""

    code, label = "column-titles", "栏目不符"
    says = "表头印的栏目和表里的不同：{said}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part in checked.register.parts:
            frame = checked.register.frame(part.name)
            sheet = checked.register.sheet(part.name)
            printed = paragraphs(frame.columns)
            held = [column.title for column in sheet.table.columns] if sheet else printed
            if printed != held:
                strange = [f"表里没有“{title}”" for title in printed if title not in held]
                missing = [f"表头没有印“{title}”" for title in held if title not in printed]
                said = "，".join([*strange, *missing]) or "先后不一样"
                yield self.at(Spot("frames", part.name), line=frame.columns, said=said)


class FillingInInstruction(TextRule):
    """What told the person who filled in the form what to do is not part of the list."""

    code, label = "instruction", "填表要求没有删"
    says = "这是填表的要求，不是清单的内容，公布时应当删去。"
    pattern = re.compile(r"请(?:特别)?(?:单列|填写|注明|说明|删除)|在备注栏中?(?:说明|注明)|此处填写|填表说明")

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.of("frames"):
            if self.pattern.search(text.text):
                yield self.at(text.spot, text.text)


class OldDate(Rule):
    """What an edition prints of itself is dated in the month in which it comes into force, or later."""

    code, label = "old-date", "日期早于本版"
    says = "“{text}”是以前的日期，这一版 {on:%Y-%m-%d} 起施行。请在编制新版本的页面上改。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        if not checked.as_edition:
            return
        register, now = checked.register, (checked.on.year, checked.on.month)
        dated = [(Spot("cover", register.cover.code), register.cover.date_line)]
        dated += [(Spot("frames", frame.part), frame.filled_on) for frame in register.documents("frames")]
        for spot, line in dated:
            if any(month < now for month in printed_months(line)):
                yield self.at(spot, line, on=checked.on)


class RepeatedSerial(Rule):
    """Within a part no serial number is given twice."""

    code, label, level = "repeated-serial", "序号重复", Level.ERROR
    says = "序号“{text}”在这一部分给了 {times} 项。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part in checked.register.parts:
            items = checked.register.of(part.name)
            times = Counter(listed.serial for listed in items)
            for listed in items:
                if listed.serial and times[listed.serial] > 1:
                    yield self.at(Spot(part.name, listed.document.code), listed.serial, times=times[listed.serial])


class SerialOrder(Rule):
    """Within a part that has serial numbers they run on from one."""

    code, label = "serial-order", "序号不连续"
    says = "{said}，按顺序应当是 {wanted}。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part in checked.register.parts:
            items = checked.register.of(part.name)
            for place, listed in enumerate(items if any(each.serial for each in items) else (), start=1):
                if number(listed.serial) != place:
                    said = f"序号是“{listed.serial}”" if listed.serial else "没有序号"
                    yield self.at(Spot(part.name, listed.document.code), listed.serial, said=said, wanted=place)
                    break  # what follows is off by as much


class SameTwice(Rule):
    """No item of a part is listed twice under the same title."""

    code, label = "same-title", "标题重复"
    says = "“{text}”在这一部分列了 {times} 次。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for part in checked.register.parts:
            items = checked.register.of(part.name)
            times = Counter(listed.title for listed in items)
            for listed in items:
                if times[listed.title] > 1:
                    yield self.at(Spot(part.name, listed.document.code), listed.title, times=times[listed.title])


RULES = (
    DeclaredCount,
    DeclaredSum,
    CoverLabel,
    PartNumeral,
    ColumnCount,
    ColumnTitles,
    FillingInInstruction,
    OldDate,
    RepeatedSerial,
    SerialOrder,
    SameTwice,
)
