"""The demo's made-up tenants, people and contacts. Phones are of the 555-01XX range, which belongs to nobody."""
