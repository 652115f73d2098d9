"""What a settings page showed, as a browser sends it back."""

import re
from html import unescape

from django.test import Client


def shown(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the form, by name."""
    page = client.get(url).text
    hidden = re.findall(r'name="(initial-[^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in hidden}
