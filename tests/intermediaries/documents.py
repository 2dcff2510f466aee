"""行政审批中介服务事项清单: what an applicant has to bring from somebody else, and whether that costs anything."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from verbatim.documents import PRINTED, Cell, Document, OfficeCell, Printed


class IntermediaryDocument(Document):
    code: Annotated[str, Field(title="代码", pattern=r"^ZJ-\d{2,}$", max_length=30)]
    title: Annotated[Printed, Field(title="中介服务事项")]
    approval: Annotated[Printed, Field(title="涉及的审批事项")]
    basis: Annotated[Cell, Field(title="设定依据")] = ""
    offices: Annotated[OfficeCell, Field(title="承办机构")] = ""
    fee: Annotated[Literal["是", "否"], Field(title="是否收费", json_schema_extra=PRINTED)]
    standard: Annotated[Cell, Field(title="收费标准")] = ""

    @model_validator(mode="after")
    def _standard_of_a_fee(self) -> Self:
        if (self.fee == "是") != bool(self.standard):
            raise ValueError("收费的要写收费标准，不收费的不写")
        return self

    @property
    def summary(self) -> str:
        return "收费" if self.fee == "是" else "不收费"
