"""A cell names none, one or several offices, under any of their names."""

import pytest

from editions.register.register import compose
from verbatim.names import Names

CELLS = {
    "办公室（法规股）": ["GS-01"],
    "办公室组织有关科室": ["GS-01"],
    "稽查股、计量股、特种设备安全股": ["GS-03", "GS-04", "GS-06"],
    "标准计量股\n质量监督股": ["GS-04", "GS-02"],
    "标准计量股\n标准计量股": ["GS-04", "GS-04"],
    "特种设备安全监察股": ["GS-06"],
    "质量技术监督检验所": ["GS-05"],
    "": [],
}


@pytest.mark.parametrize("cell", CELLS)
def test_it_is_found_in_the_cell(db: None, cell: str) -> None:
    read = Names.of(compose().documents("offices")).in_cell(cell)
    assert [span.target.code for span in read.spans] == CELLS[cell]


def test_every_office_cell_of_the_list_is_understood(db: None) -> None:
    register = compose()
    names = Names.of(register.documents("offices"))
    cells = [c for d in register.documents("duties") for c in (d.offices, *(i.offices for i in d.work_items))]
    cells += [service.offices for service in register.documents("services")]
    assert {rest for cell in cells for rest in names.in_cell(cell).rest} == {"组织有关科室"}
