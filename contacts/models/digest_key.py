from django.db import models

from groups import personal_data


class DigestKey(models.Model):
    """The check value of a secret that digests were made with, so that a missing or other one is noticed (R5.11)."""

    key_id = models.CharField(max_length=20, primary_key=True)
    check_value = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.key_id


personal_data.declare(
    DigestKey,
    key_id=personal_data.not_personal("the name of a secret"),
    check_value=personal_data.not_personal("digest of a fixed word"),
)
