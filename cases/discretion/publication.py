"""公布裁量基准: the public reads the standards as they were published last, by another hand than changed them; until
somebody published them, as the portal comes with them."""

from typing import Any, ClassVar

from acts.errors import NotYours
from acts.publishing import Publication
from cases.discretion.documents import StandardsDocument, composed
from cases.discretion.loading import shipped_standards
from cases.discretion.rows import StandardsRow
from cases.discretion.standards import Band, Factor, Standard
from cases.discretion.violations import Provision, ProvisionKind, Violation
from verbatim.fields import visible_constraint


def rows_of_standards() -> list[type[StandardsRow]]:
    return [Standard, Violation, Provision, ProvisionKind, Factor, Band]


class PublishedStandards(Publication):
    """裁量基准公布记录."""

    what: ClassVar[str] = "裁量基准"
    after: ClassVar[str] = "公众现在就看得到。"

    class Meta(Publication.Meta):
        verbose_name = "裁量基准公布记录"
        verbose_name_plural = "裁量基准公布记录"
        constraints: ClassVar[Any] = [visible_constraint("publishedstandards", "text", "reason", "by_name")]

    @classmethod
    def composed(cls) -> StandardsDocument:
        return composed()

    def document(self) -> StandardsDocument:
        return StandardsDocument.read(self.text)

    @classmethod
    def refuse_who_may_not(cls, by: Any) -> None:
        latest = cls.latest()
        for model in rows_of_standards():
            own = model.history.filter(history_user=by)  # type: ignore[attr-defined]
            if (own.filter(history_date__gt=latest.at) if latest else own).exists():
                raise NotYours("上次公布以后，裁量基准您自己改过，要由别人来公布。")


def current_standards() -> StandardsDocument:
    latest = PublishedStandards.latest()
    return latest.document() if latest else shipped_standards()
