"""The terminal as a platform: no account, no network."""
