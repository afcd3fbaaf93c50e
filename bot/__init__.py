"""Stepwise: the shared core of a mentorship bot for communities that learn machine learning."""
