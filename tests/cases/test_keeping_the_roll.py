"""孙丽 keeps the roll of officers and of the committee: terms and certificates change, whose they are does not, since
what was done in cases stands in their names."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Member, Officer
from tests.cases.people import People, make_committee, make_people
from tests.conftest import form_of, signed_in


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def rows(people: People) -> list[Any]:
    make_committee(people)
    return [Officer.objects.get(account=people.officer), Member.objects.get(account=people.member)]


def change(people: People, row: Any, **values: Any) -> Any:
    client, path = signed_in(people.auditor), f"/admin/cases/{row._meta.model_name}/{row.pk}/change/"
    return client.post(path, form_of(client.get(path)) | values | {"change_reason": "换证"})


def test_a_term_and_a_certificate_are_changed(people: People) -> None:
    officer, member = rows(people)
    change(people, officer, until="2030-12-31")
    change(people, member, basis="文质监〔2026〕9号")
    assert str(Officer.objects.get(pk=officer.pk).until) == "2030-12-31"
    assert Member.objects.get(pk=member.pk).basis == "文质监〔2026〕9号"


def test_nobody_puts_another_account_in_the_place_of_one_that_acted(people: People) -> None:
    for row in rows(people):
        change(people, row, account=people.other_chief.pk)
        assert type(row).objects.get(pk=row.pk).account == row.account
        row.account = people.other_chief
        with pytest.raises(match="定下以后不能更改"):
            row.full_clean()
        with pytest.raises(IntegrityError, match="定下以后不能更改"), transaction.atomic():
            row.save(reason="换人")


def test_the_database_keeps_it_from_whoever_goes_past_the_pages(people: People) -> None:
    for row in rows(people):
        with (
            pytest.raises(IntegrityError, match="定下以后不能更改"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {row._meta.db_table} SET account_id = %s", [people.other_chief.pk])
