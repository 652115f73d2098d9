from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from groups import personal_data, zones


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in with ``email``; without a password they must set one by mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in. Users are deactivated, never deleted."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "As the device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    email = models.EmailField(
        max_length=254, unique=True, error_messages={"unique": "Somebody signs in with this address already."}
    )
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_support = models.BooleanField(default=False, help_text="Customer Support of the whole installation (R2.4).")
    time_zone = models.CharField(max_length=64, default="America/New_York", validators=[zones.known])
    theme = models.CharField(max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    signed_out = models.PositiveIntegerField(default=0, help_text="Raised to end every session of this person.")
    shortcuts = models.BooleanField("keyboard shortcuts in lists", default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match: it ends with a new password, and when ``signed_out`` is raised."""
        return salted_hmac(
            "groups.User.session", f"{self.password}:{self.signed_out}", secret=secret, algorithm="sha256"
        ).hexdigest()


personal_data.declare(
    User,
    password=personal_data.STAFF,
    email=personal_data.STAFF,
    name=personal_data.STAFF,
    time_zone=personal_data.STAFF,
    theme=personal_data.STAFF,
)
