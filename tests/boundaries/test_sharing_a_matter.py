"""Who shares what: the matrix of matters and departments."""

from typing import Any

from boundaries.matrix import matrix
from editions.register.register import compose


def test_every_share_stands_once_in_the_matrix(db: None) -> None:
    register = compose()
    matters = register.documents("boundaries")
    rows = matrix(matters, {d.code: d for d in register.documents("departments")})
    shares = [share.code for row in rows for _, share in row.shares if share]
    assert sorted(shares) == sorted(share.code for matter in matters for share in matter.shares)
    assert len(shares) == 22


def test_departments_stand_in_the_order_of_the_list_and_the_bureau_is_marked(db: None) -> None:
    register = compose()
    rows = matrix(register.documents("boundaries"), {d.code: d for d in register.documents("departments")})
    assert [row.name for row in rows[:3]] == ["县质监局", "县安监局", "县公安局"]
    assert len(rows) == 14
    assert [row.name for row in rows if row.is_bureau] == ["县质监局"]


def test_a_department_is_known_by_the_name_that_is_printed(db: None) -> None:
    register = compose()
    names = {d.code: d.name for d in register.documents("departments")}
    for matter in register.documents("boundaries"):
        for share in matter.shares:
            assert names[share.department] == share.name


def test_a_matter_without_shares_is_shown_all_the_same(wang: Any) -> None:
    from boundaries.models import Matter
    from tests.conftest import signed_in

    Matter(title="电动自行车监管", serial="4", position=4, case="某地查处。").save(reason="新增")
    page = signed_in(wang).get("/admin/preview/working/boundaries/").content.decode()
    assert "电动自行车监管" in page
    assert "某地查处。" in page
