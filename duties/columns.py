"""The columns of 一、部门职责登记表."""

from editions.form.columns import Column, Table

TABLE = Table(
    Column("序号", 7),
    Column("主要职责", 32),
    rows=(
        Column("具体工作事项", 33, short="事项"),
        Column("责任股室", 19, short="股室", look="offices"),
        Column("备注", 9, short="备注", look="remark"),
    ),
)
