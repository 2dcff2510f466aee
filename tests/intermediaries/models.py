"""五、行政审批中介服务事项清单."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from editions.form.items import ListedItem
from history.models import code_format
from verbatim.fields import CellField, LineField, tidy_constraints, visible_constraint


class Intermediary(ListedItem):
    """中介服务事项: one row of the form, code ZJ-01."""

    title = LineField("中介服务事项")
    approval = LineField("涉及的审批事项")
    basis = CellField("设定依据", blank=True)
    offices = CellField("承办机构", blank=True, help_text="每段一行，与清单一致。")
    fee = models.CharField("是否收费", max_length=1, choices=[("是", "是"), ("否", "否")])
    standard = CellField("收费标准", blank=True, help_text="收费的才写。")

    title_field = "title"
    code_prefix = "ZJ-"

    class Meta(ListedItem.Meta):
        verbose_name = "中介服务事项"
        verbose_name_plural = "中介服务事项"
        constraints: ClassVar[Any] = [
            code_format("intermediary", "ZJ-01"),
            *tidy_constraints("intermediary", "serial", "title", "approval", "basis", "offices", "standard"),
            visible_constraint("intermediary", "serial", "title", "approval", "basis", "offices", "standard"),
            CheckConstraint(
                condition=(Q(fee="是") & ~Q(standard="")) | Q(fee="否", standard=""),
                name="intermediary_standard_of_a_fee",
                violation_error_message="收费的要写收费标准，不收费的不写。",
            ),
        ]

    def belongs_to_office(self, office: Any) -> bool:
        return bool(office.is_named_in(self.offices))
