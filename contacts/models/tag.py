from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Lower

from contacts.models.contact import Contact
from groups import personal_data
from groups.models import Account, Organization


class TagQuerySet(models.QuerySet["Tag"]):
    def offered(self) -> "TagQuerySet":
        """Those that can be chosen: retired ones stay where they are."""
        return self.filter(retired=None)


class Tag(models.Model):
    """An organization's label on contacts; agents may set it, or admins only. Retired ones stay on contacts."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)
    agents_may_set = models.BooleanField(default=True)
    retired = models.DateTimeField(null=True, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("organization", Lower("name"), name="tag_name_unique")]

    def __str__(self) -> str:
        return self.name


class ContactTagQuerySet(models.QuerySet["ContactTag"]):
    def names(self, contact_ids: Iterable[int]) -> dict[int, list[str]]:
        """contact → the names of its tags, in their order; nothing of whoever has none."""
        worn = self.filter(contact__among=list(contact_ids)).order_by("tag__name")
        names: dict[int, list[str]] = {}
        for contact_id, name in worn.values_list("contact_id", "tag__name"):
            names.setdefault(contact_id, []).append(name)
        return names


class ContactTag(models.Model):
    """A tag on a contact."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="contact_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="contact_tags", db_index=False)

    objects = ContactTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("contact", "tag", name="contact_tag_once")]
        indexes = [models.Index(fields=["tag", "contact"], name="contact_tag_by_tag")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.contact}"


personal_data.declare(Tag, name=personal_data.not_personal("an organization's own label"))
