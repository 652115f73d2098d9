"""The demo's phones: whoever tries the project out holds them, sees what they get, and texts back (``/phones/``).

What is texted is posted to the site's own webhook over HTTP, signed, as any provider does
(``contacts.conversations.providers.simulator``). ``seen`` is what stands on a phone, ``views`` the page.
"""
