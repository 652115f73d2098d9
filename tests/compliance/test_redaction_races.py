"""A redaction that meets other changes: nobody is half erased and nothing comes back, whoever comes first (R5.3)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from compliance import tidying
from compliance.actions import redact as eraser
from compliance.actions import reversal as requests
from compliance.actions.clean_up import clean_up
from compliance.actions.reversal import CannotDecide, approve, file_reversal
from compliance.models import DoomedFile, Redaction, ReversalRequest
from contacts import digests, stores, verify
from contacts.actions import arrival, change, contact, hold, membership, opt_out, suppression
from contacts.actions import tidy as contacts_tidy
from contacts.actions import upload as uploads
from contacts.actions.upload import CannotSave
from contacts.conversations.actions import message
from contacts.conversations.actions.message import Text
from contacts.conversations.models import Media
from contacts.conversations.providers.base import File
from contacts.models import Change, Contact, Hold, Membership, OptOut, Suppression, Upload
from contacts.person import Person
from groups.actions.tenant import create_organization
from groups.models import Account, AuditEntry, Group, User
from tests.compliance.planting import NAME, OTHER, PHONE, PLANTED, WRITTEN, Lead, tables_with_traces
from tests.contacts.factories import member, phone
from tests.contacts.racing import overlap, raised, together
from tests.people import GroupFactory, OrganizationFactory

pytestmark = pytest.mark.django_db(transaction=True)

LOOSE = 3
"""How often they are let loose: each time with a lead of whom every store holds something."""
ERASED = (eraser, "_receipt")
"""Where a redaction has erased everything, and committed nothing."""
STRANGER = phone(177)
"""Known by a held text only."""


@pytest.fixture
def lead(account: Account, account_admin: User) -> Lead:
    """The first arrival of all registers the digest key, and others wait for that: not the lock that is to be shown."""
    digests.require()
    return Lead(account, account_admin)


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    """Whatever met, copies and counts agree afterwards, each receipt says that nothing is left, and no phone is both
    opted out and kept as a digest only."""
    yield
    assert list(verify.differences()) == []
    assert [redaction.left for redaction in Redaction.objects.all() if redaction.left] == []
    for episode in OptOut.objects.open().select_related("organization"):
        assert suppression.matching(episode.organization, [str(episode.phone)]) == {}


def erase(lead: Lead, *numbers: str) -> Any:
    return eraser.redact(lead.account, numbers or (PHONE,), by=lead.by)


def nothing_stands(*but_the_number_in: str) -> None:
    """Nothing of the lead, but for the number itself in tables to which it came back as somebody new."""
    found = tables_with_traces()
    assert set(found) == set(but_the_number_in), found
    assert {trace for traces in found.values() for trace in traces} <= {PHONE[1:], PHONE[2:]}, found


def suppressed(*groups: Group) -> bool:
    """Whether the number is suppressed in exactly these groups' organizations."""
    return set(Suppression.objects.values_list("organization", flat=True)) == {
        group.organization_id for group in groups
    }


def one_receipt() -> bool:
    return (Redaction.objects.count(), AuditEntry.objects.filter(action="redact").count()) == (1, 1)


# The save of a file that holds them.


@pytest.fixture
def waiting(lead: Lead) -> Upload:
    content = f"Phone,First name,Notes\n{phone(201)},Ann,\n{WRITTEN},{NAME},{PLANTED}\n{phone(202)},Bea,\n"
    return uploads.keep(lead.groups[2], name="list.csv", content=content.encode(), by=lead.by)


def save(upload: Upload, by: User) -> Any:
    """As a request of its own does: it reads the upload first."""
    return uploads.save(Upload.objects.select_related("group__organization").get(pk=upload.pk), by=by)


def the_others_were_loaded(lead: Lead) -> None:
    assert {member(lead.groups[2], number).contact.first_name for number in (phone(201), phone(202))} == {"Ann", "Bea"}


def test_a_plan_made_before_a_redaction_brings_nobody_back(
    lead: Lead, waiting: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, erased = overlap(monkeypatch, lambda: save(waiting, lead.by), lambda: erase(lead), at=(uploads, "plan_of"))
    assert isinstance(refused, CannotSave)
    assert not raised([erased])
    nothing_stands()
    assert save(waiting, lead.by).counts["rejected"] == 1
    nothing_stands()
    the_others_were_loaded(lead)


def test_a_redaction_waits_for_a_file_that_is_being_saved(
    lead: Lead, waiting: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(monkeypatch, lambda: save(waiting, lead.by), lambda: erase(lead), at=(uploads, "_save"))
    assert not raised(results)
    nothing_stands()
    the_others_were_loaded(lead)


def test_a_file_saved_while_somebody_in_it_is_erased_has_to_be_looked_at_again(
    lead: Lead, waiting: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased, refused = overlap(monkeypatch, lambda: erase(lead), lambda: save(waiting, lead.by), at=ERASED)
    assert isinstance(refused, CannotSave)
    assert not raised([erased])
    save(waiting, lead.by)
    nothing_stands()
    the_others_were_loaded(lead)


# They arrive.


def arrive(group: Group, *numbers: str, first_name: str = "") -> Any:
    people = [Person(number, {"first_name": first_name}) for number in numbers]
    return arrival.bring_in(group, people, by=None, came_by=Contact.Source.UPLOAD)


def test_a_redaction_waits_for_their_arrival_in_a_further_organization(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    further = GroupFactory.create(organization=OrganizationFactory.create(account=lead.account))
    results = overlap(
        monkeypatch,
        lambda: arrive(further, PHONE, first_name=NAME),
        lambda: erase(lead),
        at=(arrival.counts, "kept"),
    )
    assert not raised(results)
    nothing_stands()


def test_whoever_arrives_while_they_are_erased_is_brand_new_and_opted_out(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger too, of whom only an opt-out was known."""
    home, held = lead.groups[0], lead.groups[2]
    opt_out.opt_out(home.organization, [STRANGER], by=lead.by, source="admin")
    old = set(Contact.objects.values_list("pk", flat=True))
    results = overlap(
        monkeypatch, lambda: erase(lead, PHONE, STRANGER), lambda: arrive(home, PHONE, STRANGER), at=ERASED
    )
    assert not raised(results)
    nothing_stands("contacts_contact", "contacts_membership", "contacts_optout")
    for number in (PHONE, STRANGER):
        new = member(home, number)
        assert new.contact_id not in old
        assert (new.inactive, new.opted_out) == (False, True)
    assert suppressed(held)


# They opt out, are opted out or put on hold.


def text_stop(group: Group, number: str = PHONE) -> Any:
    return opt_out.opt_out(group.organization, [number], by=None, source="keyword", text="STOP")


@pytest.mark.parametrize("number", [PHONE, STRANGER])
def test_a_stop_that_came_before_a_redaction_leaves_its_digest(
    lead: Lead, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = lead.groups[2]
    pause(place, STRANGER)
    results = overlap(
        monkeypatch, lambda: text_stop(place, number), lambda: erase(lead, PHONE, STRANGER), at=(opt_out, "_open")
    )
    assert not raised(results)
    nothing_stands()
    assert Suppression.objects.filter(organization=place.organization).count() == 2
    assert not OptOut.objects.open().filter(phone=number).exists()


def test_a_stop_that_comes_while_they_are_erased_opens_a_new_episode(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, held = lead.groups[0], lead.groups[2]
    results = overlap(monkeypatch, lambda: erase(lead), lambda: text_stop(home), at=ERASED)
    assert not raised(results)
    nothing_stands("contacts_optout")
    assert OptOut.objects.open().get(phone=PHONE).organization == home.organization
    assert suppressed(held)


def opted_out_by_list(lead: Lead) -> Any:
    group = lead.groups[2]
    return opt_out.opt_out_contacts(group, group.memberships.listed(), by=lead.by, source="admin")


def test_a_redaction_waits_for_an_opt_out_of_a_selection(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    opted, erased = overlap(monkeypatch, lambda: opted_out_by_list(lead), lambda: erase(lead), at=(opt_out, "_opt_out"))
    assert not raised([erased])
    assert opted.changed == 2
    nothing_stands()
    assert suppressed(lead.groups[0], lead.groups[2])


def test_an_opt_out_of_a_selection_leaves_out_whoever_is_being_erased(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, opted = overlap(monkeypatch, lambda: erase(lead), lambda: opted_out_by_list(lead), at=ERASED)
    assert opted.changed == 1
    nothing_stands()
    assert member(lead.groups[2], OTHER).opted_out
    assert suppressed(lead.groups[0], lead.groups[2])


def pause(group: Group, number: str = PHONE) -> Any:
    return hold.open_hold(group.organization, number, text=f"leave me {PLANTED}", group=group)


def test_a_text_held_before_a_redaction_goes_with_it(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    home, held = lead.groups[0], lead.groups[2]
    OptOut.objects.update(ended=timezone.now())
    with verify.counts.kept(list(Contact.objects.values_list("pk", flat=True))):
        Membership.objects.update(opted_out=False)
    results = overlap(monkeypatch, lambda: pause(home), lambda: erase(lead), at=(hold.audit, "record"))
    assert not raised(results)
    nothing_stands()
    assert suppressed(home, held)


def test_a_text_held_while_they_are_erased_is_somebody_new(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    where = lead.groups[2]
    hold.release(where.organization, PHONE)
    _, held = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: hold.open_hold(where.organization, PHONE, text="hm", group=where),
        at=ERASED,
    )
    assert held is True
    nothing_stands("contacts_hold")
    assert Hold.objects.open().get().text == "hm"


def test_a_doubtful_text_while_somebody_on_hold_is_erased_finds_them_opted_out(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, held = overlap(monkeypatch, lambda: erase(lead), lambda: pause(lead.groups[2]), at=ERASED)
    assert held is False
    nothing_stands()
    assert not Hold.objects.open().exists()
    assert suppressed(*lead.groups[::2])


def test_a_decision_waits_for_a_redaction_and_finds_nothing_to_decide(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they texted is gone, and the undecided hold left a suppression (R5.4)."""
    one = Hold.objects.open().get()
    _, decided = overlap(monkeypatch, lambda: erase(lead), lambda: hold.decide(one, "opt_out", by=lead.by), at=ERASED)
    assert (decided.changed, decided.besides) == (0, {"redacted": 1})
    nothing_stands()
    assert Hold.objects.get().decision == ""
    assert suppressed(*lead.groups[::2])


def test_a_redaction_waits_for_a_decision(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Hold.objects.open().get()
    decided, erased = overlap(
        monkeypatch,
        lambda: hold.decide(one, "not_an_opt_out", by=lead.by),
        lambda: erase(lead),
        at=(hold.held, "close"),
    )
    assert decided.changed == 1
    assert not raised([erased])
    nothing_stands()
    assert suppressed(lead.groups[0])


def test_a_hold_that_runs_out_while_they_are_erased_waits_for_nobody(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hold.objects.update(due=timezone.now())

    def run() -> tuple[int, bool]:
        return hold.expire(), Redaction.objects.exists()

    _, (expired, waited) = overlap(monkeypatch, lambda: erase(lead), run, at=ERASED)
    assert expired == 0
    assert waited is (connection.vendor == "sqlite")  # there is one writer at a time
    nothing_stands()
    assert suppressed(*lead.groups[::2])


# Their profile and their number are changed.


def write(group: Group, number: str, by: User, person: Contact | None = None, **profile: str) -> Any:
    person = person or member(group, number).contact
    return contact.edit(group, person, by=by, profile=profile, custom={"Moved": "yes"})


def test_a_redaction_waits_for_an_edit_of_their_profile(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    edited, erased = overlap(
        monkeypatch,
        lambda: write(lead.groups[0], PHONE, lead.by, last_name=f"{PLANTED}son"),
        lambda: erase(lead),
        at=(contact.arrival, "rename"),
    )
    assert edited
    assert not raised([erased])
    nothing_stands()


def test_an_edit_while_they_are_erased_writes_nothing(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    person = member(lead.groups[0], PHONE).contact
    _, edited = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: write(lead.groups[0], PHONE, lead.by, person, first_name=NAME),
        at=ERASED,
    )
    assert edited is None
    nothing_stands()


def test_an_edit_of_somebody_who_mentions_them_is_not_lost(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    group = lead.groups[2]
    results = overlap(
        monkeypatch,
        lambda: write(group, OTHER, lead.by, notes=f"Their partner, {WRITTEN}, moved", postal_code="94103"),
        lambda: erase(lead),
        at=(contact.audit, "record"),
    )
    assert not raised(results)
    other = member(group, OTHER).contact
    assert (other.notes, other.postal_code) == ("Their partner, [redacted], moved", "94103")
    assert other.custom == {"Partner": "[redacted] or [redacted]", "Moved": "yes"}
    nothing_stands()


def test_an_edit_of_somebody_who_mentioned_them_brings_nothing_back(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = lead.groups[2]
    person = member(group, OTHER).contact
    results = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: write(group, OTHER, lead.by, person, postal_code="94103"),
        at=ERASED,
    )
    assert not raised(results)
    other = member(group, OTHER).contact
    assert (other.notes, other.postal_code) == ("Partner is at [redacted], [redacted]", "94103")
    assert other.custom == {"Partner": "[redacted] or [redacted]", "Moved": "yes"}
    nothing_stands()


# Words about them that others write meanwhile.


def test_words_that_are_written_meanwhile_are_looked_for_again(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody waits for a redaction: SQLite has one writer at a time."""
    group = lead.groups[0]
    person = member(group, OTHER).contact
    results = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: write(group, OTHER, lead.by, person, notes=f"Sister: {WRITTEN}"),
        at=(eraser, "_round"),
    )
    assert not raised(results)
    assert Redaction.objects.get().left == 0


def test_a_file_that_is_uploaded_meanwhile_is_looked_for_again(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    results = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: uploads.keep(lead.groups[2], name="l.csv", content=f"Phone\n{PHONE}\n".encode(), by=lead.by),
        at=(eraser, "_round"),
    )
    assert not raised(results)
    assert Redaction.objects.get().left == 0


def renumber(lead: Lead, row: Membership) -> Any:
    return contact.change_number(row, phone(150), by=lead.by)


def test_a_redaction_waits_for_a_change_of_number_and_spares_the_new_one(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new number is another lead's: it stays, with the profile, until it is redacted itself."""
    row = member(lead.groups[0], PHONE)
    new, erased = overlap(monkeypatch, lambda: renumber(lead, row), lambda: erase(lead), at=(contact, "_take_over"))
    assert not raised([erased])
    assert new.phone == phone(150)
    assert member(lead.groups[0], phone(150)).opted_out
    traces = {trace for found in tables_with_traces().values() for trace in found}
    assert traces <= {NAME, PLANTED}
    erase(lead, phone(150))
    nothing_stands()


def test_a_change_of_number_while_they_are_erased_makes_nobody(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    row = member(lead.groups[0], PHONE)
    _, found = overlap(monkeypatch, lambda: erase(lead), lambda: renumber(lead, row), at=ERASED)
    assert found.redacted_at
    assert not Contact.objects.filter(phone=phone(150)).exists()
    nothing_stands()


# They are deactivated, with a note that names them.


def deactivate(lead: Lead) -> Any:
    group = lead.groups[2]
    only = Membership.objects.filter(group=group, contact__in=Contact.objects.filter(source="upload").order_by("pk"))
    only = only.exclude(phone=OTHER)
    return membership.make_inactive(group, only, by=lead.by, note=f"{NAME} of {WRITTEN} moved")


def test_a_redaction_waits_for_a_deactivation_and_its_note(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    made, erased = overlap(monkeypatch, lambda: deactivate(lead), lambda: erase(lead), at=(membership.audit, "record"))
    assert not raised([erased])
    assert made.changed == 1
    nothing_stands()


def test_a_deactivation_while_they_are_erased_keeps_no_note(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    _, made = overlap(monkeypatch, lambda: erase(lead), lambda: deactivate(lead), at=ERASED)
    assert (made.changed, made.entry) == (0, None)
    nothing_stands()


def test_a_selection_saved_while_one_of_them_is_erased_changes_the_others(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = lead.groups[2]
    shown = group.memberships.listed()
    chosen = change.choose(group, shown, action="make_inactive", by=lead.by)
    erased, saved = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: change.save(Change.objects.get(pk=chosen.pk), shown, by=lead.by, note="moved"),
        at=ERASED,
    )
    assert not raised([erased])
    assert saved.result == {"changed": 1, "redacted": 1}
    nothing_stands()


# A text of theirs arrives.


def receive(group: Group, contact_id: int) -> Any:
    picture = File("image/png", PLANTED.encode())
    return message.keep(group, [Text(contact_id, f"It's {NAME} {PLANTED}", timezone.now(), files=[picture])])


def test_a_text_that_came_before_a_redaction_goes_with_its_picture(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    group = lead.groups[0]
    who = member(group, PHONE).contact_id
    results = overlap(monkeypatch, lambda: receive(group, who), lambda: erase(lead), at=(message, "_attach"))
    assert not raised(results)
    nothing_stands()
    assert not Media.objects.exists()
    names = set(DoomedFile.objects.values_list("name", flat=True))
    assert len(names) == 4
    clean_up()
    assert not any(default_storage.exists(name) for name in names)


def test_a_text_that_comes_while_they_are_erased_is_not_kept(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    group = lead.groups[0]
    who, files = member(group, PHONE).contact_id, len(default_storage.listdir("media")[1])
    _, kept = overlap(monkeypatch, lambda: erase(lead), lambda: receive(group, who), at=ERASED)
    assert kept == []
    nothing_stands()
    assert len(default_storage.listdir("media")[1]) == files


# Support is asked to end their opt-out, and decides.


def test_a_request_filed_before_a_redaction_loses_number_and_words(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    place = lead.groups[2].organization
    opt_out.opt_out(place, [PHONE], by=lead.by, source="admin")
    filed, erased = overlap(
        monkeypatch,
        lambda: file_reversal(place, PHONE, by=lead.by, evidence=PLANTED),
        lambda: erase(lead),
        at=(requests, "_contact"),
    )
    assert not raised([erased])
    filed.refresh_from_db()
    assert (filed.phone, filed.evidence) == (None, "")
    nothing_stands()


def test_a_request_filed_while_they_are_erased_is_about_the_digest(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    place = lead.groups[2].organization
    opt_out.opt_out(place, [PHONE], by=lead.by, source="admin")
    _, filed = overlap(
        monkeypatch,
        lambda: erase(lead),
        lambda: file_reversal(place, PHONE, by=lead.by, evidence="They called"),
        at=ERASED,
    )
    assert isinstance(filed, ReversalRequest)
    nothing_stands("compliance_reversalrequest")
    assert suppressed(lead.groups[0], lead.groups[2])


def decide(by: User) -> Any:
    return approve(ReversalRequest.objects.get(), by=by, answer=PLANTED)


def test_a_redaction_waits_for_an_approval_and_suppresses_nobody_then(
    lead: Lead, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved, erased = overlap(monkeypatch, lambda: decide(support), lambda: erase(lead), at=(requests, "_end"))
    assert not raised([approved, erased])
    nothing_stands()
    assert suppressed(lead.groups[2])


def test_an_approval_while_they_are_erased_ends_nothing(
    lead: Lead, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, refused = overlap(monkeypatch, lambda: erase(lead), lambda: decide(support), at=ERASED)
    assert isinstance(refused, CannotDecide)
    nothing_stands()
    assert suppressed(lead.groups[0], lead.groups[2])


# They are redacted by somebody else too.


def test_of_two_redactions_one_erases(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = overlap(monkeypatch, lambda: erase(lead), lambda: erase(lead), at=ERASED)
    assert isinstance(first, Redaction)
    assert second is None
    assert one_receipt()
    nothing_stands()


def test_of_two_redactions_of_a_stranger_one_erases(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    pause(lead.groups[0], STRANGER)
    first, second = overlap(monkeypatch, lambda: erase(lead, STRANGER), lambda: erase(lead, STRANGER), at=ERASED)
    assert isinstance(first, Redaction)
    assert second is None
    assert one_receipt()


def test_redactions_of_several_in_two_orders_share_them_out(lead: Lead) -> None:
    some = [PHONE, OTHER, *(phone(300 + number) for number in range(4))]
    for group in lead.groups:
        arrive(group, *some[::-1])
    results = together(*[partial(erase, lead, *order) for order in (some, some[::-1], some[2:] + some[:2])])
    assert not raised(results)
    assert [redaction.leads for redaction in results if redaction] == [6]
    assert not Contact.objects.filter(phone__isnull=False).exists()
    nothing_stands()


# A secret is used for the first time, or an organization is new.


def test_the_first_use_of_a_secret_by_a_redaction_and_a_save_is_no_deadlock(
    lead: Lead, waiting: Upload, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever registers the secret holds it before any organization, as everybody does."""
    settings.DIGEST_SECRETS = ["2:" + "2b" * 32, *settings.DIGEST_SECRETS]
    erased, refused = overlap(
        monkeypatch, lambda: erase(lead), lambda: save(waiting, lead.by), at=(eraser.locks, "whole")
    )
    assert not raised([erased])
    assert isinstance(refused, CannotSave)
    nothing_stands()


def test_the_first_use_of_a_secret_by_a_redaction_and_a_change_of_number_is_no_deadlock(
    lead: Lead, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DIGEST_SECRETS = ["2:" + "2b" * 32, *settings.DIGEST_SECRETS]
    row = member(lead.groups[2], OTHER)
    results = overlap(monkeypatch, lambda: erase(lead), lambda: renumber(lead, row), at=(eraser.locks, "whole"))
    assert not raised(results)
    nothing_stands()


def test_a_stop_in_an_organization_that_is_made_meanwhile_is_not_lost(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_in_a_new_one() -> Any:
        made = create_organization(lead.account, name="New", country="US", by=lead.by)
        return opt_out.opt_out(made, [PHONE], by=None, source="keyword", text="STOP")

    results = overlap(monkeypatch, lambda: erase(lead), stop_in_a_new_one, at=(eraser, "_erase"))
    assert not raised(results)
    assert OptOut.objects.open().get(phone=PHONE).organization.name == "New"
    nothing_stands("contacts_optout")


# What runs by itself.


def test_sweeping_while_they_are_erased_holds_up_nobody(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    Upload.objects.update(created=long_ago)
    Upload.objects.exclude(finished=None).update(finished=long_ago)
    results = overlap(monkeypatch, lambda: erase(lead), tidying.tidy, at=ERASED)
    assert not raised(results)
    nothing_stands()
    tidying.tidy()
    assert not Upload.objects.filter(state="waiting").exists()
    assert Redaction.objects.get().final


def test_a_redaction_meets_a_sweep_of_rejected_rows_without_deadlock(
    lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One goes from the names of files to rejected rows, the other takes the rows and leaves the names alone."""
    group = lead.groups[0]
    first, second = (
        uploads.save(uploads.keep(group, name=name, content=content.encode(), by=lead.by), by=lead.by)
        for name, content in (
            ("first.csv", f"Phone,Notes\n{PHONE},\n12,{PHONE}\n"),
            (f"{NAME}.csv", f"Phone,Notes\n{PHONE},new\n12,{PHONE}\n"),
        )
    )
    assert first.rejected_rows.exists()
    assert second.entry
    Upload.objects.exclude(finished=None).update(finished=timezone.now() - timedelta(days=9))
    results = overlap(monkeypatch, lambda: erase(lead), contacts_tidy.tidy, at=(stores.RejectedRows, "_rows"))
    assert not raised(results)
    nothing_stands()


def test_somebody_who_signs_out_meanwhile_stops_no_redaction(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their session goes, with the messages that a redaction was about to write anew."""
    results = overlap(
        monkeypatch, lambda: erase(lead), lambda: Session.objects.all().delete(), at=(Session.objects, "encode")
    )
    assert not raised(results)
    nothing_stands()


@pytest.mark.parametrize(
    "other",
    [
        lambda lead: text_stop(lead.groups[2], OTHER),
        lambda lead: receive(lead.groups[0], member(lead.groups[0], OTHER).contact_id),
        lambda lead: write(lead.groups[1], OTHER, lead.by, postal_code="94103"),
        lambda lead: opted_out_by_list(lead),
        lambda _: tidying.tidy(),
        lambda lead: erase(lead),
    ],
    ids=["stop", "text", "edit", "list", "tidy", "redaction"],
)
def test_let_loose_nothing_comes_back(lead: Lead, other: Callable[[Lead], Any]) -> None:
    results = together(lambda: erase(lead), lambda: other(lead), lambda: other(lead))
    assert not raised(results)
    assert one_receipt()
    found = tables_with_traces()
    assert set(found) <= {"conversations_message"}, found
