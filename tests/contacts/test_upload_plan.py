"""What becomes of the rows of a file: one outcome each, which sum to the rows (R6.5), and who is out (R6.6)."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import digests, verify
from contacts.actions import upload as actions
from contacts.actions.arrival import bring_in
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.tag import retire
from contacts.actions.upload import OUTCOMES, Unanswered, forecast
from contacts.models import Contact, Membership, OptOut, OptOutEvidence, Suppression, Tag
from contacts.person import Person
from contacts.upload.plan import Plan, plan
from contacts.upload.reading import Sheet, read
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, members, phone
from tests.contacts.uploading import database, planned, saved, some, text
from tests.people import GroupFactory


def rows_of(group: Group, content: str) -> dict[int, str]:
    """The outcome of each row, by its number."""
    return dict(sorted(forecast(group, planned(content)).rows()))


def one(content: str) -> Person:
    """The one person whom a file brings."""
    (person,) = planned(content).people.values()
    return person


def causes(content: str) -> dict[int, str]:
    return {row.number: row.cause for row in planned(content).rejected}


# Outcomes.


def test_each_outcome_is_told_of_its_row(group: Group, other_group: Group, group_admin: User) -> None:
    bring_in(group, [Person(phone(1), {"first_name": "Ann"}), Person(phone(2))], by=None, came_by=Contact.Source.UPLOAD)
    arrive(other_group, phone(3))
    content = text(
        ["phone", "first name"],
        [phone(4), "New"],
        [phone(3), ""],
        [phone(2), "Bo"],
        [phone(1), "Ann"],
        [phone(4), "Newer"],
        ["555", "Nobody"],
    )
    expected = {2: "created", 3: "added", 4: "updated", 5: "unchanged", 6: "duplicate", 7: "rejected"}
    assert rows_of(group, content) == expected
    upload = saved(group, content, by=group_admin)
    assert upload.counts == {
        "rows": 6,
        "created": 1,
        "added": 1,
        "updated": 1,
        "unchanged": 1,
        "duplicate": 1,
        "rejected": 1,
        "kept_inactive": 0,
        "kept_opted_out": 0,
        "opted_out": 0,
    }
    assert member(group, phone(4)).contact.first_name == "Newer"


def test_the_outcomes_of_a_saved_file_are_those_of_its_forecast(
    group: Group, other_group: Group, group_admin: User
) -> None:
    arrive(other_group, phone(1))
    content = text(["phone"], [phone(1)], [phone(2)], [phone(2)], ["x"])
    expected = forecast(group, planned(content)).counts
    counts = saved(group, content, by=group_admin).counts
    assert {name: counts[name] for name in actions.COUNTS} == expected
    assert some(expected) == {"created": 1, "added": 1, "duplicate": 1, "rejected": 1}


def test_a_phone_is_judged_once_on_the_values_of_all_its_rows(group: Group) -> None:
    bring_in(group, [Person(phone(1), {"first_name": "Ann"})], by=None, came_by=Contact.Source.UPLOAD)
    content = text(["phone", "first name"], [phone(1), "Ann"], [phone(1), "Anna"], [phone(1), ""])
    assert rows_of(group, content) == {2: "updated", 3: "duplicate", 4: "duplicate"}
    back_again = text(["phone", "first name"], [phone(1), "Anna"], [phone(1), "Ann"])
    assert rows_of(group, back_again) == {2: "unchanged", 3: "duplicate"}


def test_a_phone_is_judged_on_its_first_row_that_can_be_read(group: Group) -> None:
    content = text(["phone", "zip"], [phone(1), "9" * 21], [phone(1), "98101"], [phone(1), "98102"])
    assert rows_of(group, content) == {2: "rejected", 3: "created", 4: "duplicate"}
    assert one(content).profile == {"postal_code": "98102"}


@pytest.mark.parametrize(
    "spelling", ["(206) 555-0001", "1 206 555 0001", "206.555.0001", "'+12065550001", "2065550001"]
)
def test_a_phone_is_the_same_however_it_is_spelled(group: Group, spelling: str) -> None:
    assert rows_of(group, text(["phone"], [phone(1)], [spelling])) == {2: "created", 3: "duplicate"}


def test_whoever_is_added_with_news_is_added_and_has_them(group: Group, other_group: Group, group_admin: User) -> None:
    arrive(other_group, phone(1))
    upload = saved(group, text(["phone", "first name"], [phone(1), "Ann"]), by=group_admin)
    assert some(upload.counts) == {"added": 1}
    assert member(group, phone(1)).contact.first_name == "Ann"


def test_a_contact_of_another_organization_is_created(
    group: Group, other_organization: Organization, group_admin: User
) -> None:
    arrive(GroupFactory.create(organization=other_organization), phone(1))
    assert rows_of(group, text(["phone"], [phone(1)])) == {2: "created"}
    assert some(saved(group, text(["phone"], [phone(1)]), by=group_admin).counts) == {"created": 1}


def test_blank_rows_have_no_outcome_and_keep_the_numbers_of_the_others(group: Group) -> None:
    assert rows_of(group, f"phone,name\n\n{phone(1)},Ann\n , \n\nx,\n") == {3: "created", 6: "rejected"}


def test_those_who_stay_inactive_and_opted_out_are_counted_by_phone(
    group: Group, other_group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1), phone(2)), by=group_admin)
    make_inactive(other_group, members(other_group, phone(3)), by=group_admin)
    opt_out(group.organization, [phone(2), phone(3), phone(4), phone(9)], by=None, source="keyword")
    content = text(["phone", "zip"], *([phone(n), "98101"] for n in (1, 2, 3, 4, 5, 1, 2)))
    counts = forecast(group, planned(content)).counts
    assert (counts["kept_inactive"], counts["kept_opted_out"]) == (2, 3)
    upload = saved(group, content, by=group_admin)
    assert (upload.counts["kept_inactive"], upload.counts["kept_opted_out"]) == (2, 3)


def test_the_forecast_counts_those_who_are_in_other_groups_too(
    group: Group, other_group: Group, foreign_group: Group
) -> None:
    arrive(group, phone(1), phone(2))
    arrive(other_group, phone(2), phone(3))
    arrive(foreign_group, phone(1), phone(4))
    content = text(["phone"], *([phone(n)] for n in (1, 2, 3, 4, 2)))
    assert forecast(group, planned(content)).elsewhere == 2


# Values.


def test_a_blank_cell_changes_nothing(group: Group, group_admin: User) -> None:
    full = {"first_name": "Ann", "email": "ann@example.com", "notes": "One"}
    bring_in(group, [Person(phone(1), full, {"Ward": "7"}, ("donor",))], by=None, came_by=Contact.Source.UPLOAD)
    content = text(["phone", "first name", "email", "notes", "Ward", "tags"], [phone(1), "", " ", "\u200b", "", ""])
    assert rows_of(group, content) == {2: "unchanged"}
    saved(group, content, by=group_admin)
    contact = member(group, phone(1)).contact
    assert (contact.first_name, contact.email, contact.notes) == ("Ann", "ann@example.com", "One")
    assert (contact.custom, contact.contact_tags.count()) == ({"Ward": "7"}, 1)


def test_what_is_filled_in_further_down_wins_and_what_is_blank_does_not() -> None:
    person = one(
        text(
            ["phone", "first name", "last name", "Ward", "Party"],
            [phone(1), "Ann", "Carter", "7", ""],
            [phone(1), "", "Baker", "", "x"],
            [phone(1), "Anna", "", "8", ""],
        )
    )
    assert person.profile == {"first_name": "Anna", "last_name": "Baker"}
    assert person.custom == {"Ward": "8", "Party": "x"}


def test_tags_of_all_rows_are_put_on_and_none_is_taken_off(group: Group, group_admin: User) -> None:
    bring_in(group, [Person(phone(1), tags=("Donor",))], by=None, came_by=Contact.Source.UPLOAD)
    content = text(["phone", "tags"], [phone(1), "ward 8; DONOR"], [phone(1), "moved|Ward 8"])
    assert rows_of(group, content) == {2: "updated", 3: "duplicate"}
    saved(group, content, by=group_admin)
    worn = member(group, phone(1)).contact.contact_tags.values_list("tag__name", flat=True)
    assert sorted(name.casefold() for name in worn) == ["donor", "moved", "ward 8"]
    assert group.organization.tags.count() == 3


def test_only_tags_that_are_worn_already_are_no_news(group: Group) -> None:
    bring_in(group, [Person(phone(1), tags=("Donor", "Moved"))], by=None, came_by=Contact.Source.UPLOAD)
    assert rows_of(group, text(["phone", "tags"], [phone(1), "MOVED"])) == {2: "unchanged"}


def test_a_retired_tag_is_put_on_and_stays_retired(group: Group, group_admin: User) -> None:
    tag = Tag.objects.create(account_id=group.account_id, organization=group.organization, name="Moved")
    retire(tag, by=group_admin)
    saved(group, text(["phone", "tags"], [phone(1), "moved"]), by=group_admin)
    worn = member(group, phone(1)).contact.contact_tags.get()
    assert worn.tag_id == tag.pk
    assert worn.tag.retired


@pytest.mark.parametrize(
    ("headers", "cells", "names"),
    [
        (["name"], ["Ann B. Carter"], {"first_name": "Ann B.", "last_name": "Carter"}),
        (["full name"], ["Ann"], {"first_name": "Ann"}),
        (["name", "last name"], ["Ann Carter", "Baker"], {"first_name": "Ann", "last_name": "Baker"}),
        (["last name", "name"], ["Baker", "Ann Carter"], {"first_name": "Ann", "last_name": "Baker"}),
        (["name", "last name"], ["Ann Carter", ""], {"first_name": "Ann"}),
        (["first name", "last name"], ["Ann B.", "Carter"], {"first_name": "Ann B.", "last_name": "Carter"}),
    ],
)
def test_a_whole_name_is_split_where_its_parts_have_no_columns(
    headers: list[str], cells: list[str], names: dict[str, str]
) -> None:
    assert one(text(["phone", *headers], [phone(1), *cells])).profile == names


def test_an_unknown_column_is_a_field_of_its_own_and_an_ignored_one_is_none() -> None:
    sheet = read(text(["phone", "Ward", "Secret"], [phone(1), "7", "x"]).encode(), "contacts.csv")
    made = plan(sheet, ["phone", "custom", "ignore"], "US")
    assert made.people[phone(1)].custom == {"Ward": "7"}


def test_notes_keep_their_lines_and_the_others_do_not() -> None:
    person = one(text(["phone", "notes", "Ward"], [phone(1), "one\n two ", "one\n two "]))
    assert (person.profile["notes"], person.custom["Ward"]) == ("one\ntwo", "one two")


def test_a_guarding_apostrophe_is_taken_off() -> None:
    person = one(text(["phone", "first name", "Ward"], [f"'{phone(1)}", "'=1+1", "'-"]))
    assert person == Person(phone(1), {"first_name": "=1+1"}, {"Ward": "-"})


def test_a_phone_without_a_country_code_belongs_to_the_country_of_the_organization(
    group: Group, group_admin: User
) -> None:
    Organization.objects.filter(pk=group.organization_id).update(country="GB")
    saved(Group.objects.get(pk=group.pk), text(["phone"], ["07531 669965"]), by=group_admin)
    assert Contact.objects.get().phone == "+447531669965"


# Rejected rows.


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("", "No phone. Only the phone is required."),
        ("555-01", "Too short: a US number has 10 digits."),
        ("(206) 555-0001 ext. 5", "Has an extension: give the number without it."),
        ("20655", "A short code, not the number of a person."),
        ("206-555-0001 / 206-555-0002", "Two numbers in one cell: keep one, and give the other a row of its own."),
        ("2.06555E+09", "Changed by a spreadsheet: make the column a text column and write the number again."),
        ("[redacted]", "Redacted: the number was erased, so there is nobody to add."),
        (" '[REDACTED]", "Not a phone: there is no digit in it."),
    ],
)
def test_a_phone_that_nobody_can_have_is_rejected_with_the_cause(cell: str, cause: str) -> None:
    assert causes(text(["phone", "name"], [cell, "Ann"], [phone(1), ""])) == {2: cause}


@pytest.mark.parametrize(
    ("header", "longest"),
    [
        ("first name", 120),
        ("last name", 120),
        ("email", 254),
        ("zip", 20),
        ("notes", 5000),
        ("external id", 120),
        ("name", 120),
        ("tags", 40),
        ("Ward", 1000),
    ],
)
def test_a_value_that_is_too_long_is_rejected_with_its_column(
    group: Group, group_admin: User, header: str, longest: int
) -> None:
    content = text(["phone", header], [phone(1), "x" * (longest + 1)], [phone(2), "x" * longest])
    (rejected,) = planned(content).rejected
    assert rejected.number == 2
    assert rejected.cause == f"{header}: more than {longest:,} characters."
    saved(group, content, by=group_admin)
    assert [contact.phone for contact in Contact.objects.all()] == [phone(2)]


def test_a_row_of_a_redacted_contact_changes_nobody(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    content = text(["phone", "first name", "Ward"], ["[redacted]", "[redacted]", "7"], [phone(1), "[redacted]", "x"])
    assert rows_of(group, content) == {2: "rejected", 3: "updated"}
    saved(group, content, by=group_admin)
    contact = member(group, phone(1)).contact
    assert (contact.first_name, contact.custom) == ("", {"Ward": "x"})


def test_a_row_that_the_file_itself_spoils_is_rejected_though_its_phone_is_right() -> None:
    assert causes(f"phone,name\n{phone(1)},Ann,x\n{phone(2)},Bo\n") == {
        2: "More cells than headers: 3 for 2. A cell with a comma in it needs quotes."
    }


def test_nothing_of_a_rejected_row_is_used_but_that_it_says_out() -> None:
    content = text(["phone", "zip", "first name", "status"], [phone(1), "9" * 21, "Ann", "out"], [phone(1), "", "", ""])
    made = planned(content)
    assert made.people == {phone(1): Person(phone(1))}
    assert made.out == {phone(1)}


def test_a_phone_that_only_a_rejected_row_says_is_out_is_opted_out(group: Group, group_admin: User) -> None:
    content = text(["phone", "zip", "status"], [phone(1), "9" * 21, "out"])
    assert saved(group, content, by=group_admin, answer="opt-out").counts["opted_out"] == 1
    assert group.organization.opt_outs.open().get().phone == phone(1)


def test_rejected_rows_are_kept_as_they_are_written(group: Group, group_admin: User) -> None:
    upload = saved(group, text(["phone", "name"], [" 555 ", "=Ann\u202e"], [phone(1), ""]), by=group_admin)
    (row,) = upload.rejected_rows.all()
    assert (row.number, row.cells) == (2, [" 555 ", "=Ann\u202e"])


# Who is out (R6.6).


def said(header: str, *cells: str) -> Plan:
    return planned(text(["phone", header], *([phone(number), cell] for number, cell in enumerate(cells, start=1))))


def test_a_column_that_says_out_waits_for_an_answer(group: Group, group_admin: User) -> None:
    content = text(["phone", "status"], [phone(1), "Opted out"], [phone(2), "Active"], [phone(3), "unsubscribed"])
    before = database()
    with pytest.raises(Unanswered) as asked:
        saved(group, content, by=group_admin)
    assert asked.value.many == 2
    assert database("contacts_upload") == {k: v for k, v in before.items() if k != "contacts_upload"}


@pytest.mark.parametrize("answer", ["", "yes", "opt_out", "OPT-OUT", "none"])
def test_only_an_answer_that_we_offer_is_one(group: Group, group_admin: User, answer: str) -> None:
    with pytest.raises(Unanswered):
        saved(group, text(["phone", "status"], [phone(1), "out"]), by=group_admin, answer=answer)


def test_those_who_are_out_are_opted_out_if_the_answer_is_so(
    group: Group, other_group: Group, group_admin: User
) -> None:
    arrive(other_group, phone(1))
    content = text(["phone", "optedOut"], [phone(1), "true"], [phone(2), "2024-05-01"], [phone(3), "false"])
    upload = saved(group, content, by=group_admin, answer="opt-out", name="export.csv")
    assert upload.counts["opted_out"] == 2
    assert set(OptOut.objects.values_list("phone", "source", "actor", "last_group")) == {
        (phone(n), "upload", group_admin.pk, group.pk) for n in (1, 2)
    }
    assert set(OptOutEvidence.objects.values_list("text", flat=True)) == {"export.csv"}
    shown = Membership.objects.order_by("group", "phone").values_list("group", "phone", "opted_out")
    assert set(shown) == {
        (group.pk, phone(1), True),
        (group.pk, phone(2), True),
        (group.pk, phone(3), False),
        (other_group.pk, phone(1), True),
    }
    assert list(verify.differences()) == []


def test_those_who_are_out_stay_in_if_the_answer_is_so(group: Group, group_admin: User) -> None:
    content = text(["phone", "status"], [phone(1), "out"])
    upload = saved(group, content, by=group_admin, answer="ignore")
    assert (upload.counts["created"], upload.counts["opted_out"]) == (1, 0)
    assert not OptOut.objects.exists()
    assert not AuditEntry.objects.filter(action="opt_out").exists()


def test_whoever_is_opted_out_here_already_needs_no_answer(group: Group, group_admin: User) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP")
    upload = saved(group, text(["phone", "status"], [phone(1), "out"]), by=group_admin)
    assert (upload.counts["kept_opted_out"], upload.counts["opted_out"]) == (1, 0)
    episode = OptOut.objects.get()
    assert (episode.source, episode.evidence.count(), member(group, phone(1)).opted_out) == ("keyword", 1, True)


def test_a_suppression_counts_as_opted_out_already(group: Group, group_admin: User, settings: Any) -> None:
    digests.require()
    organization = group.organization
    Suppression.objects.create(
        account_id=group.account_id,
        organization=organization,
        key_id=digests.current_key_id(),
        digest=digests.digest(group.account_id, "suppression", phone(1), digests.current_key_id()),
        day="2026-01-02",
    )
    content = text(["phone", "status"], [phone(1), "out"])
    assert forecast(group, planned(content)).out == set()
    assert saved(group, content, by=group_admin).counts["kept_opted_out"] == 1
    assert OptOut.objects.get().source == "kept"


def test_inactive_and_on_hold_are_not_out_and_what_says_in_is_ignored() -> None:
    made = said("status", "Inactive", "On hold", "Active", "opted in", "", "Inactive · On hold")
    assert (made.out, made.not_out, made.unknown) == (set(), 5, Counter())


def test_an_unknown_value_is_listed_with_its_column_and_ignored() -> None:
    made = said("Opt-in status", "pending", "Pending ", "pending", "out", "x" * 80)
    assert made.out == {phone(4)}
    assert made.unknown == {"Opt-in status: pending": 2, "Opt-in status: Pending": 1, f"Opt-in status: {'x' * 60}": 1}


def test_one_row_of_a_phone_that_says_out_is_enough() -> None:
    made = planned(text(["phone", "status", "opt_in"], [phone(1), "out", "yes"], [phone(1), "active", "yes"]))
    assert made.out == {phone(1)}


def test_any_of_several_columns_can_say_out() -> None:
    made = planned(text(["phone", "opted_in", "globalOptedOut"], [phone(1), "1", "1"], [phone(2), "1", "0"]))
    assert made.out == {phone(1)}


# Any file at all, against a slow and plain reading of R6.5.

SPELLINGS = {
    phone(1): phone(1),
    "206-555-0001": phone(1),
    "(206) 555 0002": phone(2),
    "2065550003": phone(3),
    f"'{phone(4)}": phone(4),
    "": None,
    "555": None,
    "[redacted]": None,
    "nobody": None,
}
NAMES = ["", "Ann", "Bo", "[redacted]", "x" * 121]
TAGS = ["", "a", "A;b", "b|c", "z" * 41]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(sorted(SPELLINGS)),
        st.sampled_from(NAMES),
        st.sampled_from(TAGS),
        st.sampled_from(["", "7", "8"]),
        st.sampled_from(["", "out", "Active", "odd"]),
    ),
    min_size=1,
    max_size=12,
)
HEADERS = ("phone", "first name", "tags", "Ward", "status")
KNOWN = {
    phone(1): Person(phone(1), {"first_name": "Ann"}, {"Ward": "7"}, ("a",)),
    phone(2): Person(phone(2), {"first_name": "Bo"}),
    phone(3): Person(phone(3)),
}


def _too_long(row: tuple[str, ...]) -> bool:
    return len(row[1]) > 120 or len(row[2]) > 40


def naive(rows: list[tuple[str, ...]]) -> tuple[dict[int, str], dict[str, Any], set[str]]:
    """The outcome of each row, what each phone ends as, and who is out; 1 and 2 are in the group, 3 in another."""
    first: dict[str, int] = {}
    ends: dict[str, Any] = {}
    outcomes: dict[int, str] = {}
    out = {key for row in rows if row[4] == "out" and (key := SPELLINGS[row[0]])}
    for number, row in enumerate(rows, start=2):
        key = SPELLINGS[row[0]]
        if not any(row):
            continue
        if key is None or _too_long(row):
            outcomes[number] = "rejected"
            continue
        if key in first:
            outcomes[number] = "duplicate"
        else:
            first[key] = number
        old = KNOWN.get(key, Person(key))
        end = ends.setdefault(
            key, {"name": old.profile.get("first_name", ""), "ward": old.custom.get("Ward", ""), "tags": {*old.tags}}
        )
        if row[1] not in ("", "[redacted]"):
            end["name"] = row[1]
        end["ward"] = row[3] or end["ward"]
        end["tags"] |= set(row[2].lower().replace("|", ";").split(";")) - {""}
    for key, number in first.items():
        old = KNOWN.get(key, Person(key))
        same = ends[key] == {
            "name": old.profile.get("first_name", ""),
            "ward": old.custom.get("Ward", ""),
            "tags": {*old.tags},
        }
        here = {phone(1): "unchanged" if same else "updated", phone(2): "unchanged" if same else "updated"}
        outcomes[number] = here.get(key, "added" if key == phone(3) else "created")
    return outcomes, ends, out


def stands(group: Group, key: str) -> dict[str, Any]:
    contact = member(group, key).contact
    tags = contact.contact_tags.values_list("tag__name", flat=True)
    return {
        "name": contact.first_name,
        "ward": contact.custom.get("Ward", ""),
        "tags": {name.lower() for name in tags},
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=ROWS)
def test_any_file_ends_as_a_plain_reading_of_the_rule_says(
    rows: list[tuple[str, ...]], group: Group, other_group: Group, group_admin: User
) -> None:
    content = text(HEADERS, *rows)
    if not any(any(row) for row in rows):
        return
    with transaction.atomic():
        bring_in(group, [KNOWN[phone(1)], KNOWN[phone(2)]], by=None, came_by=Contact.Source.UPLOAD)
        bring_in(other_group, [KNOWN[phone(3)]], by=None, came_by=Contact.Source.UPLOAD)
        make_inactive(group, group.memberships.filter(phone=phone(1)), by=group_admin)
        opt_out(group.organization, [phone(2)], by=None, source="keyword")
        outcomes, ends, out = naive(rows)

        judged = forecast(group, planned(content))
        assert dict(judged.rows()) == outcomes
        assert sum(judged.counts[name] for name in OUTCOMES) == judged.counts["rows"] == len(outcomes)
        assert Counter(outcomes.values()) == Counter({name: judged.counts[name] for name in OUTCOMES})
        assert judged.counts["kept_inactive"] == (phone(1) in ends)
        assert judged.counts["kept_opted_out"] == (phone(2) in ends)
        assert judged.out == out - {phone(2)}

        upload = saved(group, content, by=group_admin, answer="opt-out")
        assert {name: upload.counts[name] for name in actions.COUNTS} == judged.counts
        assert {key: stands(group, key) for key in ends} == ends
        assert set(OptOut.objects.values_list("phone", flat=True)) == out | {phone(2)}
        assert member(group, phone(1)).inactive
        assert list(verify.differences()) == []

        people = {k: v for k, v in database().items() if k not in ("contacts_upload", "contacts_rejectedrow")}
        again = saved(group, content, by=group_admin)
        assert some(again.counts).keys() <= {"unchanged", "duplicate", "rejected", "kept_inactive", "kept_opted_out"}
        assert {k: v for k, v in database().items() if k in people} == people
        transaction.set_rollback(True)


@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), min_size=1, max_size=6),
    st.lists(st.sampled_from(["first_name", "name", "tags", "notes", "status", "custom", "ignore"]), max_size=3),
)
def test_no_cell_is_an_error(cells: list[list[str]], targets: list[str]) -> None:
    mapping = ["phone", *targets]
    rows = tuple(
        (number, tuple((row + [""] * len(mapping))[: len(mapping)])) for number, row in enumerate(cells, start=2)
    )
    sheet = Sheet(tuple(f"H{number}" for number in range(len(mapping))), rows, "UTF-8", "comma")
    made = plan(sheet, mapping, "US")
    assert made.rows == len(rows) == len(made.people) + made.duplicates + len(made.rejected)
