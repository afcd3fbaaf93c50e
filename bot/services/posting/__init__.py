"""What the bot posts by itself, in words, and how a community sets that up."""
