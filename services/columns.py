"""The columns of 三、公共服务事项登记表."""

from editions.form.columns import Column, Table

TABLE = Table(
    Column("序号", 7),
    Column("服务事项", 22),
    rows=(Column("主要内容", 35), Column("承办机构", 19), Column("联系电话", 17)),
)
