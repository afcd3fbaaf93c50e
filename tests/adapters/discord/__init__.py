"""The bot on Discord, tested."""
