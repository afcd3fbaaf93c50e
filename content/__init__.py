"""Content packs: read, checked, searched. Nothing in here knows the bot."""
