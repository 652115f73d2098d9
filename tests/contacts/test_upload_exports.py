"""Files as voter files, CRMs, mailing and texting tools export them: they load as they are (R6.4, R6.6, R6.7)."""

from dataclasses import dataclass, field

import pytest

from contacts.actions.upload import forecast, keep, plan_of, sheet_of
from contacts.models import Contact
from groups.models import Group, User
from tests.contacts.factories import member
from tests.contacts.uploading import saved, some, workbook

VAN = (
    (
        "Voter File VANID|LastName|FirstName|MiddleName|Suffix|PreferredEmail|Zip5|HomePhone|CellPhone|OptInStatus|"
        "Party\r\n"
        "104200|Núñez|Inés|M||ines@example.org|97206|5035550100|5035550138|Opted In|D\r\n"
        "104201|O'Brien|Sean||Jr||97206|5035550101||Unknown|U\r\n"
        "104202|Ivanov|Amara||||97206||(503) 555-0152|Opted Out|D\r\n"
    )
    .replace("|", "\t")
    .encode("latin-1")
)

NATION_BUILDER = (
    "nationbuilder_id,external_id,first_name,last_name,email,phone_number,mobile_number,mobile_opt_in,tag_list,note\n"
    '17,,Dana,Whitfield,dana@example.org,,+1 202 555 0143,true,"volunteer, yard sign",Met at the fair\n'
    '18,E-9,Omar,"Haddad, Jr.",,(202) 555-0144,,false,,"Two lines,\nboth kept"\n'
    "19,,Ruth,Adeyemi,,,202.555.0145,true,,\n"
)

SALESFORCE = (
    '"Contact ID","First Name","Last Name","Mailing Zip/Postal Code","Phone","Mobile Phone","Email","Email Opt Out"\r\n'
    '"0035g00000AbCdE","Zoë","Hassan","02139-1234","","(617) 555-0102","zoe@example.org","0"\r\n'
    '"0035g00000AbCdF","Li","Wei","02139","(617) 555-0103","1-617-555-0103","","1"\r\n'
    '""\r\n'
    '"East wards, contacts with a mobile"\r\n'
    '"Confidential Information - Do Not Distribute"\r\n'
).encode("cp1252")

MAILCHIMP = (
    "Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,NOTES,TAGS\n"
    'kofi@example.org,Kofi,Mensah,(206) 555-0162,2,2024-03-01 10:00:00,,"""Donor"",""Ward 8"""\n'
    'mei@example.org,Mei,Tanaka,,2,2024-03-02 10:00:00,,"""Donor"""\n'
)

TEXTING = "phoneNumber,firstName,lastName\n+12248033037,Ann,Carter\n+12248033038,Bo,\n+12248033037,Ann,\n"

OTHER_TEXTING = (
    "firstName,lastName,cell,zip,external_id,Ward,globalOptedOut\n"
    "Ann,Carter,2248033037,60601,e1,7,false\n"
    "Bo,Dee,2248033038,60602,e2,,true\n"
)

RAPID_PRO = workbook(
    ["Contact UUID", "Name", "Language", "Status", "Created On", "URN:Tel", "Field:Age"],
    ["f3b-1", "Amina Diallo", "fra", "Active", '<c s="1"><v>45351</v></c>', "+250788123123", "<c><v>34</v></c>"],
    ["f3b-2", "Joe", "eng", "Stopped", '<c s="1"><v>45352</v></c>', "+12065550101", "<c><v>41.5</v></c>"],
    ["f3b-3", "", "", "Blocked", "", "+12065550102", ""],
)


@dataclass(frozen=True)
class Export:
    """A file, the targets of its columns, its outcomes that are not 0, how many are out, and one of its contacts."""

    content: str | bytes
    mapping: str
    outcomes: dict[str, int]
    phone: str
    contact: dict[str, str]
    custom: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    out: int = 0


EXPORTS = {
    "VAN": Export(
        VAN,
        "custom last_name first_name custom custom custom custom custom phone status custom",
        {"created": 2, "rejected": 1},
        "+15035550138",
        {"first_name": "Inés", "last_name": "Núñez"},
        {
            "Voter File VANID": "104200",
            "MiddleName": "M",
            "PreferredEmail": "ines@example.org",
            "Zip5": "97206",
            "HomePhone": "5035550100",
            "Party": "D",
        },
        out=1,
    ),
    "NationBuilder": Export(
        NATION_BUILDER,
        "custom external_id first_name last_name email custom phone custom custom notes",
        {"created": 2, "rejected": 1},
        "+12025550143",
        {"first_name": "Dana", "last_name": "Whitfield", "email": "dana@example.org", "notes": "Met at the fair"},
        {"nationbuilder_id": "17", "mobile_opt_in": "true", "tag_list": "volunteer, yard sign"},
    ),
    "Salesforce": Export(
        SALESFORCE,
        "custom first_name last_name custom custom phone email custom",
        {"created": 2, "rejected": 2},
        "+16175550102",
        {"first_name": "Zoë", "last_name": "Hassan", "email": "zoe@example.org"},
        {"Contact ID": "0035g00000AbCdE", "Mailing Zip/Postal Code": "02139-1234", "Email Opt Out": "0"},
    ),
    "Mailchimp": Export(
        MAILCHIMP,
        "email first_name last_name phone custom custom notes tags",
        {"created": 1, "rejected": 1},
        "+12065550162",
        {"first_name": "Kofi", "last_name": "Mensah", "email": "kofi@example.org"},
        {"MEMBER_RATING": "2", "OPTIN_TIME": "2024-03-01 10:00:00"},
        ("Donor", "Ward 8"),
    ),
    "a texting tool": Export(
        TEXTING,
        "phone first_name last_name",
        {"created": 2, "duplicate": 1},
        "+12248033037",
        {"first_name": "Ann", "last_name": "Carter"},
    ),
    "another texting tool": Export(
        OTHER_TEXTING,
        "first_name last_name phone postal_code external_id custom status",
        {"created": 2},
        "+12248033037",
        {"first_name": "Ann", "last_name": "Carter", "postal_code": "60601", "external_id": "e1"},
        {"Ward": "7"},
        out=1,
    ),
    "RapidPro": Export(
        RAPID_PRO,
        "external_id name custom status custom phone custom",
        {"created": 3},
        "+250788123123",
        {"first_name": "Amina", "last_name": "Diallo", "external_id": "f3b-1"},
        {"Language": "fra", "Created On": "2024-02-29", "Field:Age": "34"},
        out=1,
    ),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_an_export_of_another_system_loads_as_it_is(group: Group, group_admin: User, export: Export) -> None:
    content = export.content.encode() if isinstance(export.content, str) else export.content
    upload = keep(group, name="export", content=content, by=group_admin)
    assert upload.mapping == export.mapping.split()
    assert len(forecast(group, plan_of(upload, sheet_of(upload))).out) == export.out

    upload = saved(group, content, by=group_admin, answer="opt-out")

    assert some(upload.counts) == export.outcomes | ({"opted_out": export.out} if export.out else {})
    contact = member(group, export.phone).contact
    profile = {name: getattr(contact, name) for name in (f.name for f in Contact._meta.fields) if name in _PROFILE}
    assert {name: value for name, value in profile.items() if value} == export.contact
    assert contact.custom == export.custom
    assert set(contact.contact_tags.values_list("tag__name", flat=True)) == set(export.tags)
    assert group.memberships.opted_out().count() == export.out


_PROFILE = {"first_name", "last_name", "email", "postal_code", "notes", "external_id"}


def test_a_note_of_several_lines_stays_one_note(group: Group, group_admin: User) -> None:
    content = NATION_BUILDER.replace("(202) 555-0144,,", ",(202) 555-0144,")
    saved(group, content, by=group_admin)
    contact = member(group, "+12025550144").contact
    assert (contact.last_name, contact.notes) == ("Haddad, Jr.", "Two lines,\nboth kept")
