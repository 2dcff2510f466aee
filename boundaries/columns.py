"""The columns of 二、与相关部门的职责边界登记表."""

from editions.form.columns import Column, Table

TABLE = Table(
    Column("序号", 5),
    Column("管理事项", 9, look="matter"),
    rows=(Column("相关部门", 11, look="department"), Column("职责分工", 33)),
    beside=(Column("相关依据", 17, short="依据", look="basis"), Column("案例", 25, short="案例", look="case")),
    wide=True,
)
