"""The exports of members and of an organization's opt-outs (R4.10, R6.7)."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.arrival import bring_in
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, OptOut, OptOutEvidence, Suppression
from contacts.person import Person
from groups.actions.role import change_roles
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.exporting import body, post, rows
from tests.contacts.factories import members, phone, phones, reason
from tests.people import client_of, role_of

AT = datetime(2026, 3, 2, 18, 30, 5, 250, UTC)


def opt_outs_file(user: User, organization: Organization) -> list[dict[str, str]]:
    return rows(body(post(user, "contacts:export_opt_outs", organization.pk)))


def test_an_opt_out_is_told_with_contact_source_reason_actor_and_evidence(
    organization: Organization, group: Group, organization_admin: User
) -> None:
    organization_admin.time_zone = "America/New_York"
    organization_admin.save()
    bring_in(
        group, [Person(phone(1), {"first_name": "Dana", "last_name": "@Rossi"})], by=None, came_by=Contact.Source.UPLOAD
    )
    why = reason(organization)
    opt_out(
        organization, [phone(1)], by=organization_admin, source="admin", at=AT, reason=why, text="=stop", group=group
    )
    opt_out(organization, [phone(2)], by=None, source="keyword", at=AT, text="STOP")
    OptOut.objects.filter(phone=phone(2)).update(ended=AT)

    admin, keyword = opt_outs_file(organization_admin, organization)

    moment = "2026-03-02T13:30:05-05:00"
    assert admin == {
        "Phone": f"'{phone(1)}",
        "Date": "2026-03-02T13:30:05.000250-05:00",
        "First name": "Dana",
        "Last name": "'@Rossi",
        "Source": "By an admin",
        "Reason": "Moved away",
        "By": "Omar Haddad",
        "Evidence": f"{moment}, By an admin: =stop",
        "Ended": "",
    }
    assert (keyword["First name"], keyword["By"], keyword["Ended"]) == ("", "The contact", moment)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.organization, entry.group) == ("export_opt_outs", organization, None)
    assert (entry.actor, entry.counts) == (organization_admin, {"rows": 2, "redacted": 0})


def test_a_redacted_opt_out_keeps_its_row_and_a_suppression_is_none(
    organization: Organization, group: Group, organization_admin: User
) -> None:
    members(group, phone(1))
    opt_out(organization, phones(2), by=None, source="keyword", text="STOP")
    OptOutEvidence.objects.filter(opt_out__phone=phone(1)).delete()
    OptOut.objects.filter(phone=phone(1)).update(phone=None)
    Suppression.objects.create(
        account=organization.account, organization=organization, digest=b"x" * 32, key_id="1", day=AT.date()
    )

    gone, known = opt_outs_file(organization_admin, organization)

    assert [gone[name] for name in ("Phone", "First name", "Last name", "Evidence")] == ["[redacted]"] * 4
    assert (gone["Source"], known["Phone"]) == ("By text", f"'{phone(2)}")
    assert AuditEntry.objects.latest("pk").counts == {"rows": 2, "redacted": 1}


def test_only_this_organizations_opt_outs_are_told(
    organization: Organization,
    other_organization: Organization,
    foreign_organization: Organization,
    account_admin: User,
) -> None:
    for number, some in enumerate((organization, other_organization, foreign_organization), start=1):
        opt_out(some, [phone(number)], by=None, source="keyword")
    assert [row["Phone"] for row in opt_outs_file(account_admin, organization)] == [f"'{phone(1)}"]


def test_who_may_export_opt_outs(organization: Organization, group_admin: User, outsider: User) -> None:
    assert post(group_admin, "contacts:export_opt_outs", organization.pk).status_code == 403
    assert post(outsider, "contacts:export_opt_outs", organization.pk).status_code == 404
    assert not AuditEntry.objects.filter(action="export_opt_outs").exists()


def test_queries_for_opt_outs_grow_with_chunks_not_with_rows(
    organization: Organization, group: Group, organization_admin: User, refuse_lazy_fetches: Any
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            opt_outs_file(organization_admin, organization)
        return len(captured)

    members(group, *phones(30))
    opt_out(organization, [phone(1)], by=organization_admin, source="admin", reason=reason(organization), text="a")
    few = asked()
    opt_out(organization, phones(60), by=organization_admin, source="admin", text="b")
    assert asked() <= few


def test_members_are_told_with_their_roles_and_those_removed_since(
    group: Group, group_admin: User, agent: User, organization_admin: User
) -> None:
    role_of(group_admin, RoleKind.AGENT, group)
    change_roles(agent, group, [], by=group_admin)
    group.roles.update(started=AT)
    group.roles.exclude(ended=None).update(ended=datetime(2026, 11, 2, 18, 0, tzinfo=UTC))

    told = rows(body(post(organization_admin, "contacts:export_members", group.pk)))

    since = "2026-03-02T13:30:05-05:00"
    assert [list(row.values()) for row in told] == [
        ["Maya Okafor", "maya.okafor@example.com", "Group admin, Agent", since, ""],
        ["Tess Lindqvist", "tess.lindqvist@example.com", "Agent", since, "2026-11-02T13:00:00-05:00"],
    ]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.group, entry.counts) == ("export_members", group, {"rows": 2})


def test_the_pages_lead_to_their_exports(group: Group, account_admin: User, agent: User) -> None:
    members(group, phone(1))
    client = client_of(account_admin)
    places = {
        "groups:agents": ("contacts:export_members", group.pk),
        "contacts:opt_outs": ("contacts:export_opt_outs", group.organization_id),
    }
    for page, (name, key) in places.items():
        assert f'action="{reverse(name, args=[key])}"' in client.get(reverse(page, args=[key])).text
    page = client.get(reverse("contacts:exports", args=[group.pk])).text
    for name in ("contacts:export", "contacts:export_members", "conversations:export"):
        assert f'action="{reverse(name, args=[group.pk])}"' in page
    assert "Export" not in client.get(reverse("groups:organization_members", args=[group.organization_id])).text


def test_an_entry_says_what_was_exported(group: Group, group_admin: User) -> None:
    members(group, *phones(2))
    post(group_admin, "contacts:export", group.pk, select="everybody")
    post(group_admin, "contacts:export_members", group.pk)
    shown = client_of(group_admin).get(reverse("contacts:changes", args=[group.pk])).context["rows"]
    assert [row.what for row in shown[:2]] == ["Export begun: 1 member", "Export begun: 2 contacts"]


def test_a_file_of_opt_outs_that_is_uploaded_again_changes_nothing(
    organization: Organization, group: Group, organization_admin: User
) -> None:
    members(group, phone(1))
    opt_out(organization, phones(3), by=organization_admin, source="admin", at=AT, text="=stop")
    OptOut.objects.filter(phone=phone(3)).update(ended=AT)
    before = list(OptOut.objects.order_by("pk").values())
    file = body(post(organization_admin, "contacts:export_opt_outs", organization.pk))
    url, client = reverse("contacts:opt_out_list", args=[organization.pk]), client_of(organization_admin)

    upload = {"numbers": "", "file": SimpleUploadedFile("opt-outs.csv", file.encode())}
    preview = client.post(url, upload)
    client.post(url, {"step": "save", "lines": preview.context["carried"]})

    counts = preview.context["counts"]
    assert (counts["rows"], counts["already"], counts["opted_out"]) == (3, 2, 0)
    assert list(OptOut.objects.order_by("pk").values()) == before
