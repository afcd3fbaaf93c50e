"""The checks: one module per family, each a function from what was loaded to problems."""
