from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from groups.access import Permission, account_view, group_view, organization_view
from groups.views import account, group, home, invitation, me, members, organization

app_name = "groups"


type Guard = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponseBase]]


def member_urls(level: str, start: str) -> list[URLPattern]:
    """The members pages of a level: one set of views, guarded on each."""
    on: dict[str, Callable[[Permission], Guard]] = {
        "account": account_view,
        "organization": organization_view,
        "group": group_view,
    }
    guarded = on[level](Permission.MANAGE_MEMBERS)
    all_of_them = "agents" if level == "group" else f"{level}_members"
    return [
        path(start, guarded(members.members), name=all_of_them),
        path(f"{start}invite/", guarded(members.invite), name=f"{level}_invite"),
        path(f"{start}<int:user_id>/roles/", guarded(members.member), name=f"{level}_member"),
        path(f"{start}<int:user_id>/remove/", guarded(members.remove), name=f"{level}_remove"),
        path(f"{start}invitations/<int:invitation_id>/resend/", guarded(members.resend), name=f"{level}_resend"),
        path(f"{start}invitations/<int:invitation_id>/withdraw/", guarded(members.withdraw), name=f"{level}_withdraw"),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("groups/", home.mine, name="mine"),
    path("me/", me.me, name="me"),
    path("invitations/<str:secret>/", invitation.invitation, name="invitation"),
    path("accounts/<int:account_id>/", account.overview, name="account"),
    path("accounts/<int:account_id>/organizations/", account.organizations, name="account_organizations"),
    path("accounts/<int:account_id>/organizations/create/", account.create, name="create_organization"),
    path("accounts/<int:account_id>/settings/", account.settings, name="account_settings"),
    *member_urls("account", "accounts/<int:account_id>/members/"),
    path("organizations/<int:organization_id>/", organization.groups, name="organization"),
    path("organizations/<int:organization_id>/groups/create/", organization.create, name="create_group"),
    path("organizations/<int:organization_id>/settings/", organization.settings, name="organization_settings"),
    *member_urls("organization", "organizations/<int:organization_id>/members/"),
    path("groups/<int:group_id>/", group.group, name="group"),
    path("groups/<int:group_id>/settings/", group.settings, name="group_settings"),
    path("groups/<int:group_id>/archive/", group.archive, name="archive_group"),
    path("groups/<int:group_id>/unarchive/", group.unarchive, name="unarchive_group"),
    *member_urls("group", "groups/<int:group_id>/agents/"),
    path(
        "groups/<int:group_id>/agents/<int:user_id>/roles/change/",
        group_view(Permission.MANAGE_MEMBERS)(members.change),
        name="group_change",
    ),
]
