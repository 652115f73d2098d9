"""Every text field has a declared fate (R5.10): an undeclared one, and a fate without its field, fail the check."""

import pytest
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps

from groups import personal_data

pytestmark = pytest.mark.each_engine


def problems() -> list[str]:
    return [str(problem.id) for problem in checks.run_checks() if str(problem.id).startswith("groups.E")]


def test_every_text_field_of_the_project_is_declared() -> None:
    assert problems() == []


def test_a_text_field_that_nobody_declared_fails_the_check() -> None:
    declared = dict(personal_data._declared["contacts.Contact"])
    try:
        personal_data._declared["contacts.Contact"] = {name: fate for name, fate in declared.items() if name != "notes"}
        assert problems() == ["groups.E001"]
    finally:
        personal_data._declared["contacts.Contact"] = declared


@isolate_apps("groups")
def test_each_kind_of_field_that_can_hold_words_counts_as_text() -> None:
    class Sample(models.Model):
        char = models.CharField(max_length=5)
        text = models.TextField()
        json = models.JSONField()
        binary = models.BinaryField()
        file = models.FileField()
        email = models.EmailField()
        address = models.GenericIPAddressField()
        number = models.IntegerField()

        class Meta:
            app_label = "groups"

        def __str__(self) -> str:
            return self.char

    assert set(personal_data.text_fields(Sample)) == {"char", "text", "json", "binary", "file", "email", "address"}
    assert {problem.id for problem in personal_data._problems(Sample)} == {"groups.E001"}


@isolate_apps("groups")
def test_a_fate_without_its_field_fails_the_check() -> None:
    class Sample(models.Model):
        number = models.IntegerField()

        class Meta:
            app_label = "groups"

        def __str__(self) -> str:
            return str(self.number)

    personal_data.declare(Sample, gone=personal_data.BLANK)
    try:
        assert [problem.id for problem in personal_data._problems(Sample)] == ["groups.E002"]
    finally:
        del personal_data._declared[Sample._meta.label]
