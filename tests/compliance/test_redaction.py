"""A redaction erases everything that an account holds about a phone, and nothing else (R5.3–R5.7)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from compliance.actions.redact import redact
from compliance.leads import known, leads_of
from compliance.models import RedactedPhone, Redaction
from compliance.preview import preview
from contacts import counts, digests, verify
from contacts.actions import upload as uploads
from contacts.actions.arrival import bring_in
from contacts.actions.opt_out import opt_out
from contacts.actions.tag import create_tag
from contacts.conversations.models import Media, Message
from contacts.gate import Cause, may_text
from contacts.models import Contact, ContactTag, Hold, Membership, OptOut, Source, Suppression, Upload
from contacts.person import Person
from groups import audit
from groups import redaction as registry
from groups.audit import Kind
from groups.models import Account, AuditEntry, AuditText, Group, Organization, User
from groups.personal_data import BLANK, EMPTY, NULL, ROW_DELETED, declared
from groups.redaction import Rows, Store, every_personal_field_is_erased, stores
from tests.compliance.planting import EMAIL, NAME, OTHER, PHONE, WRITTEN, Lead, tables_with_traces
from tests.contacts.factories import arrive, member, phone
from tests.people import GroupFactory


def erase(lead: Lead, *numbers: str, **kwargs: Any) -> Redaction:
    redaction = redact(lead.account, numbers or (PHONE,), by=lead.by, **kwargs)
    assert redaction
    return redaction


# Everything goes.

# These erase by the words in them, and are planted with the lead's name, phone and address instead.
BY_THEIR_WORDS = {
    "Rows of files that wait for Save",
    "Names of uploaded files",
    "Words about them with opt-outs of others",
    "Notes on changes and names of files",
}


def test_something_is_planted_in_every_column_that_a_store_erases(lead: Lead) -> None:
    leads, empty = leads_of(lead.account, [PHONE]), []
    for store in stores():
        if isinstance(store, Rows) and store.label not in BY_THEIR_WORDS:
            rows = store.model._default_manager.filter(pk__in=store.keys(leads))
            for name, fate in declared(store.model).items():
                if fate in (NULL, BLANK, EMPTY, ROW_DELETED) and not any(rows.values_list(name, flat=True)):
                    empty.append(f"{store.label}: {name}")

    assert empty == []


def test_no_trace_is_left_in_any_table(lead: Lead) -> None:
    assert len(tables_with_traces()) > 10

    redaction = erase(lead)

    assert tables_with_traces() == {}
    assert redaction.left == 0
    assert all(erased for _, erased, _ in redaction.counts), redaction.counts


def test_a_note_about_them_alone_goes_and_one_about_several_loses_them_only(lead: Lead) -> None:
    erase(lead)

    notes = set(AuditText.objects.values_list("text", flat=True))
    assert "[redacted] of [redacted] and Otto moved" in notes
    assert "nobody" in notes
    assert not any("moved" in note for note in notes if "Otto" not in note)


def test_their_row_of_a_waiting_file_is_redacted_at_its_place(lead: Lead) -> None:
    erase(lead)

    waiting = Upload.objects.filter(content__isnull=False).order_by("pk").first()
    assert waiting
    rows = bytes(waiting.content or b"").decode("utf-8-sig").splitlines()
    assert rows[1] == "[redacted],[redacted],[redacted]"
    assert rows[2] == f"{OTHER},Otto,calls him 555"
    assert waiting.file_name == "[redacted].csv"


def test_a_number_that_is_no_contact_is_known_by_a_file_or_a_note_and_goes_from_there(
    account: Account, account_admin: User, group: Group
) -> None:
    arrive(group, phone(1))
    Contact.objects.update(notes=f"Sister: {WRITTEN}")
    assert known(account, [phone(9), PHONE]) == [PHONE]

    redact(account, [PHONE], by=account_admin)

    assert Contact.objects.get().notes == "Sister: [redacted]"
    assert known(account, [PHONE]) == []


def test_numbers_that_nobody_knows_are_looked_for_in_one_go(account: Account, lead: Lead) -> None:
    with CaptureQueriesContext(connection) as one:
        assert known(account, [phone(90)]) == []
    with CaptureQueriesContext(connection) as several:
        assert known(account, [phone(number) for number in range(90, 99)]) == []
    assert len(several) == len(one)


def test_what_changes_touched_a_lead_is_looked_for_once(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def touching(*about: Any) -> Any:
        asked.append(about)
        return find(*about)

    find = audit.entries_touching
    monkeypatch.setattr(audit, "entries_touching", touching)
    preview(lead.account, [PHONE])
    assert len(asked) == 1
    erase(lead)
    assert len(asked) == 2


def test_an_opt_out_of_a_number_that_is_no_contact_stays_without_its_number(lead: Lead) -> None:
    opt_out(lead.groups[0].organization, [phone(7)], by=lead.by, source="upload", text="list.csv")
    erase(lead, phone(7))

    row = OptOut.objects.get(phone=None)
    assert (row.redacted_contact, row.source, row.ended) == (None, "upload", None)
    assert Suppression.objects.count() == 1


# Nothing else goes.


def rows_of_others(lead: Lead) -> Iterator[Any]:
    """Every row of every table but those that stores name, the mentions, the audit, counts and the redaction's own."""
    leads = leads_of(lead.account, [PHONE])
    named = {(store.model, key) for store in stores() if isinstance(store, Rows) for key in store.keys(leads)}
    mentions = {
        (label, key) for store in stores() if "about others" in store.label for label, _, key in store.keys(leads)
    }
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in CHANGING:
            continue
        for row in model._base_manager.order_by("pk").values():
            key = row[model._meta.pk.attname]
            if (model, key) not in named and (model._meta.label, key) not in mentions:
                yield model._meta.label, row


CHANGING = {
    "groups.AuditEntry",
    "groups.AuditChunk",
    "contacts.GroupCount",
    "contacts.OrganizationCount",
    "contacts.Suppression",
    "compliance.Redaction",
    "compliance.RedactedPhone",
    "compliance.DoomedFile",
    "sessions.Session",
}


def test_other_people_are_as_before(lead: Lead, foreign_group: Group) -> None:
    bring_in(
        foreign_group,
        [Person(PHONE, {"first_name": NAME, "email": EMAIL})],
        by=None,
        came_by=Contact.Source.UPLOAD,
        text=NAME,
    )
    before = list(rows_of_others(lead))
    named = {("contacts.Contact", row["id"]) for label, row in before if label == "contacts.Contact"}
    assert len(named) == 1, "the foreign contact; our others are mentioned in their notes, and compared below"

    erase(lead)

    after = {(label, row.get("id")): row for label, row in _every_row()}
    assert [(label, row) for label, row in before if after.get((label, row.get("id"))) != row] == []


def _every_row() -> Iterator[Any]:
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model._meta.label, row


def test_somebody_mentioned_with_them_keeps_everything_but_the_number_and_the_address(lead: Lead) -> None:
    before = Contact.objects.filter(phone=OTHER).order_by("-pk").values()[0]

    erase(lead)

    after = Contact.objects.filter(phone=OTHER).order_by("-pk").values()[0]
    assert after["notes"] == "Partner is at [redacted], [redacted]"
    assert after["custom"]["Partner"] == "[redacted] or [redacted]"
    assert {**after, "notes": "", "custom": ""} == {**before, "notes": "", "custom": ""}


def test_the_same_number_in_another_account_is_not_touched(lead: Lead, foreign_group: Group) -> None:
    arrive(foreign_group, PHONE)

    erase(lead)

    assert Contact.objects.get(account=foreign_group.account).phone == PHONE


# What stays.


def test_rows_keep_their_status_and_the_counts_move_to_redacted(lead: Lead) -> None:
    before = {row.pk: (row.inactive, row.opted_out, row.on_hold) for row in Membership.objects.filter(phone=PHONE)}

    erase(lead)

    assert {
        row.pk: (row.inactive, row.opted_out, row.on_hold) for row in Membership.objects.filter(phone=None)
    } == before
    assert list(verify.differences()) == []


def test_messages_keep_time_direction_and_state(lead: Lead) -> None:
    erase(lead)

    rows = Message.objects.values_list("direction", "state", "body", "provider_id")
    assert set(rows) == {("in", "received", "", "")}


def test_an_open_opt_out_and_an_undecided_hold_leave_a_suppression_each(lead: Lead) -> None:
    home, _, held = (group.organization for group in lead.groups)

    erase(lead)

    assert set(Suppression.objects.values_list("organization", flat=True)) == {home.pk, held.pk}
    assert set(OptOut.objects.filter(phone=None).values_list("redacted_contact__organization", flat=True)) == {home.pk}


def test_an_ended_opt_out_leaves_no_suppression(lead: Lead) -> None:
    OptOut.objects.update(ended="2026-01-01T00:00:00Z")
    Hold.objects.update(decided="2026-01-01T00:00:00Z", decision="not_an_opt_out")
    Membership.objects.update(opted_out=False, on_hold=False)

    erase(lead)

    assert Suppression.objects.count() == 0


def test_the_number_is_opted_out_as_well_where_that_was_asked_for(lead: Lead) -> None:
    redaction = erase(lead, also_opt_out=True)

    assert redaction.opted_out
    assert Suppression.objects.filter(account=lead.account).count() == lead.account.organizations.count()
    assert tables_with_traces() == {}


# Whoever comes back.


def test_a_redacted_number_that_is_added_again_is_a_new_contact_opted_out_where_they_were(lead: Lead) -> None:
    home, held = lead.groups[0], lead.groups[2]
    Hold.objects.update(decided="2026-01-01T00:00:00Z", decision="not_an_opt_out")
    with counts.kept(list(Contact.objects.values_list("pk", flat=True))):
        Membership.objects.update(on_hold=False)
    old = set(Contact.objects.filter(phone=PHONE).values_list("pk", flat=True))
    erase(lead)

    for group in (home, held):
        bring_in(group, [Person(PHONE, {"first_name": "New"})], by=lead.by, came_by=Contact.Source.UPLOAD)

    new = member(home, PHONE)
    assert new.contact_id not in old
    assert (new.inactive, new.opted_out, member(held, PHONE).opted_out) == (False, True, False)
    assert not ContactTag.objects.filter(contact=new.contact).exists()
    assert OptOut.objects.get(phone=PHONE).source == Source.KEPT
    assert Suppression.objects.count() == 0
    assert may_text(home, PHONE).cause == Cause.OPTED_OUT
    assert may_text(held, PHONE).allowed
    assert set(Contact.objects.filter(phone=None).values_list("pk", flat=True)) == old
    assert list(verify.differences()) == []


def test_the_same_file_uploaded_again_brings_a_new_contact_who_stays_out_where_they_were(
    account: Account, account_admin: User, group: Group, other_organization: Organization
) -> None:
    elsewhere = GroupFactory.create(organization=other_organization)
    file = f"Phone,First name,Tags\n{WRITTEN},{NAME},moved\n{OTHER},Otto,\n".encode()

    def upload(to: Group) -> Upload:
        return uploads.save(uploads.keep(to, name="people.csv", content=file, by=account_admin), by=account_admin)

    for to in (group, elsewhere):
        upload(to)
    old = member(group, PHONE).contact_id
    opt_out(group.organization, [PHONE], by=account_admin, source="admin")
    redact(account, [PHONE], by=account_admin)

    counts = upload(group).counts
    upload(elsewhere)

    assert (counts["created"], counts["unchanged"], counts["kept_opted_out"]) == (1, 1, 1)
    new = member(group, PHONE).contact
    assert (new.pk != old, new.first_name) == (True, NAME)
    assert [entry.action for entry, _ in audit.entries_about(account.pk, {Kind.CONTACT: [new.pk]}, 9)] == ["upload"]
    assert (member(group, PHONE).opted_out, member(elsewhere, PHONE).opted_out) == (True, False)


def test_a_number_redacted_under_an_earlier_key_and_again_stays_suppressed_once(lead: Lead, settings: Any) -> None:
    erase(lead)
    settings.DIGEST_SECRETS = ["2:" + "2b" * 32, *settings.DIGEST_SECRETS]
    bring_in(lead.groups[0], [Person(PHONE)], by=lead.by, came_by=Contact.Source.UPLOAD)
    erase(lead)

    assert Suppression.objects.filter(organization=lead.groups[0].organization).count() == 1
    bring_in(lead.groups[0], [Person(PHONE)], by=lead.by, came_by=Contact.Source.UPLOAD)
    assert member(lead.groups[0], PHONE).opted_out


# The receipt, and the proof in it.


def test_the_receipt_says_who_and_how_much_and_knows_the_number_by_its_digest(lead: Lead) -> None:
    redaction = erase(lead)

    assert (redaction.actor, redaction.leads) == (lead.by, 1)
    digest = digests.digest(lead.account.pk, "receipt", PHONE, "1")
    assert bytes(RedactedPhone.objects.get(redaction=redaction).digest) == digest
    entry = AuditEntry.objects.get(action="redact")
    assert (entry.actor, entry.counts) == (lead.by, {"leads": 1, "contacts": 2})


def test_a_store_that_leaks_turns_the_proof_red(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    for leaking in stores():
        with transaction.atomic(), monkeypatch.context() as patch:
            patch.setattr(type(leaking), "erase", _unless(leaking, type(leaking).erase))
            redaction = erase(lead)
            transaction.set_rollback(True)

        assert leaking.label in {label for label, _, left in redaction.counts if left}
        assert not redaction.final


def _unless(leaking: Store, erase: Any) -> Any:
    return lambda self, leads, keys: None if self is leaking else erase(self, leads, keys)


def test_a_trace_in_a_column_that_should_hold_none_turns_the_proof_red(lead: Lead) -> None:
    create_tag(lead.groups[0].organization, name=f"friend of {WRITTEN}", agents_may_set=False, by=lead.by)

    assert erase(lead).left == 1


def test_personal_data_without_a_store_fails_the_system_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert every_personal_field_is_erased(None) == []
    kept = [store for store in registry._stores if Message not in store.models]
    monkeypatch.setattr(registry, "_stores", kept)

    assert [(problem.id, problem.obj) for problem in every_personal_field_is_erased(None)] == [("groups.E003", Message)]


# When there is nothing to do, or it can't be done.


def test_a_second_redaction_finds_nothing(lead: Lead) -> None:
    erase(lead)

    assert redact(lead.account, [PHONE], by=lead.by) is None
    assert Redaction.objects.count() == 1


def test_several_leads_go_at_once_on_one_receipt(lead: Lead) -> None:
    redaction = erase(lead, PHONE, OTHER, phone(99))

    assert (redaction.leads, redaction.phones.count()) == (2, 2)
    assert not Contact.objects.filter(phone__isnull=False).exists()


def test_without_the_digest_secrets_nothing_is_erased(lead: Lead, settings: Any) -> None:
    settings.DIGEST_SECRETS = []

    with pytest.raises(digests.KeyProblem):
        erase(lead)
    assert Contact.objects.filter(phone=PHONE).count() == 2


def test_an_error_in_the_midst_erases_nothing(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables_with_traces()
    monkeypatch.setattr("compliance.actions.redact._receipt", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase(lead)
    assert tables_with_traces() == before


def test_media_rows_go_with_the_names_of_their_files_kept_for_removal(lead: Lead) -> None:
    names = set(Media.objects.values_list("file", flat=True))

    redaction = erase(lead)

    assert not Media.objects.exists()
    assert set(redaction.doomed_files.values_list("name", flat=True)) == names
    assert all(default_storage.exists(name) for name in names), "files go after the commit only"
