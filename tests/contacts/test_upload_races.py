"""Uploads that meet themselves or other changes: each file is saved once and whole, or not at all."""

from functools import partial
from typing import Any

import pytest

from contacts import verify
from contacts.actions import arrival, membership
from contacts.actions import upload as actions
from contacts.actions.opt_out import opt_out
from contacts.actions.upload import CannotSave
from contacts.models import Contact, OptOut, RejectedRow, Upload
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import member, members, phone, phones
from tests.contacts.racing import RACES, overlap, raised, together
from tests.contacts.uploading import text

pytestmark = pytest.mark.django_db(transaction=True)

FILE = text(["phone", "first name", "tags"], *([number, "Ann", "a; b"] for number in phones(5)), ["555", "", ""])


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    """Whatever met, the copies, positions and counts agree with the truth afterwards."""
    yield
    assert list(verify.differences()) == []


def keep(group: Group, by: User, content: str = FILE) -> Upload:
    return actions.keep(group, name="contacts.csv", content=content.encode(), by=by)


def save(upload: Upload, by: User, answer: str = "") -> Any:
    """Save as a request of its own does: it reads the upload first."""
    return actions.save(Upload.objects.select_related("group__organization").get(pk=upload.pk), by=by, answer=answer)


def assert_saved_once(upload: Upload) -> None:
    upload.refresh_from_db()
    assert (upload.state, upload.counts["created"]) == ("saved", 5)
    assert Contact.objects.count() == 5
    assert RejectedRow.objects.count() == 1
    assert AuditEntry.objects.filter(action="upload").count() == 1


def test_of_two_saves_of_one_file_one_wins(group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = keep(group, group_admin)
    won, lost = overlap(
        monkeypatch,
        lambda: save(upload, group_admin),
        lambda: save(upload, group_admin),
        at=(actions, "bring_in"),
    )
    assert won.state == Upload.State.SAVED
    assert isinstance(lost, CannotSave)
    assert_saved_once(upload)


def test_saves_of_one_file_let_loose_save_it_once(group: Group, group_admin: User) -> None:
    upload = keep(group, group_admin)
    results = together(*[lambda: save(upload, group_admin)] * 4)
    assert sorted(type(result) is CannotSave for result in results) == [False, True, True, True]
    assert_saved_once(upload)


def test_what_is_cancelled_while_it_is_saved_stays_saved(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = keep(group, group_admin)
    won, cancelled = overlap(
        monkeypatch,
        lambda: save(upload, group_admin),
        lambda: actions.cancel(upload),
        at=(actions, "_finish"),
    )
    assert won.state == Upload.State.SAVED
    assert cancelled is False
    assert_saved_once(upload)


def test_what_is_saved_while_it_is_cancelled_is_not_saved(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = keep(group, group_admin)
    lost, cancelled = overlap(
        monkeypatch, lambda: save(upload, group_admin), lambda: actions.cancel(upload), at=(actions, "plan_of")
    )
    assert isinstance(lost, CannotSave)
    assert cancelled is True
    assert not Upload.objects.exists()
    assert not Contact.objects.exists()


def test_a_save_and_a_cancel_let_loose_leave_all_or_nothing(group: Group, group_admin: User) -> None:
    for number in range(RACES):
        upload = keep(group, group_admin, text(["phone"], [phone(number)], ["555"]))
        saved, cancelled = together(partial(save, upload, group_admin), partial(actions.cancel, upload))
        assert cancelled is isinstance(saved, (CannotSave, Upload.DoesNotExist))
        assert Contact.objects.filter(phone=phone(number)).exists() is not cancelled
        assert Upload.objects.filter(pk=upload.pk).exists() is not cancelled
        assert RejectedRow.objects.filter(upload_id=upload.pk).exists() is not cancelled


def test_columns_that_change_while_the_file_is_read_are_looked_at_again(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = keep(group, group_admin)
    lost, _ = overlap(
        monkeypatch,
        lambda: save(upload, group_admin),
        lambda: actions.remap(upload, ["phone", "ignore", "ignore"]),
        at=(actions, "plan_of"),
    )
    assert isinstance(lost, CannotSave)
    assert "columns were changed" in str(lost)
    assert not Contact.objects.exists()


def test_columns_that_change_once_it_is_being_saved_change_nothing(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = keep(group, group_admin)
    overlap(
        monkeypatch,
        lambda: save(upload, group_admin),
        lambda: actions.remap(upload, ["phone", "ignore", "ignore"]),
        at=(actions, "_finish"),
    )
    assert_saved_once(upload)
    assert upload.mapping == ["phone", "first_name", "tags"]


def test_files_with_the_same_people_bring_each_of_them_once(
    group: Group, other_group: Group, group_admin: User
) -> None:
    for number in range(RACES):
        mine = [phone(10 * number + n) for n in range(5)]
        content = text(["phone", "tags"], *([each, "new"] for each in mine))
        uploads = [keep(place, group_admin, content) for place in (group, group, other_group)]
        results = together(*[partial(save, upload, group_admin) for upload in uploads])
        assert not raised(results)
        outcomes = [(upload.counts["created"], upload.counts["added"]) for upload in results]
        assert (sum(made for made, _ in outcomes), sum(added for _, added in outcomes)) == (5, 5)
        assert Contact.objects.filter(phone__in=mine).count() == 5
    assert group.organization.tags.count() == 1


def test_a_stop_while_a_file_is_saved_leaves_one_open_episode(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = text(["phone", "status"], [phone(1), "out"], [phone(2), "active"])
    upload = keep(group, group_admin, content)
    results = overlap(
        monkeypatch,
        lambda: save(upload, group_admin, "opt-out"),
        lambda: opt_out(group.organization, [phone(1), phone(2)], by=None, source="keyword", text="STOP"),
        at=(actions, "bring_in"),
    )
    assert not raised(results)
    upload.refresh_from_db()
    assert (upload.counts["kept_opted_out"], upload.counts["opted_out"]) == (0, 1)
    assert dict(OptOut.objects.open().values_list("phone", "source")) == {phone(1): "keyword", phone(2): "keyword"}
    assert group.memberships.opted_out().count() == 2


def test_whoever_is_deactivated_while_a_file_is_saved_is_inactive_after_it(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = members(group, *phones(5))
    upload = keep(group, group_admin)
    results = overlap(
        monkeypatch,
        lambda: save(upload, group_admin),
        lambda: membership.make_inactive(group, rows, by=group_admin),
        at=(arrival, "_update"),
    )
    assert not raised(results)
    assert all(member(group, number).inactive for number in phones(5))
    assert set(Contact.objects.values_list("first_name", flat=True)) == {"Ann"}
