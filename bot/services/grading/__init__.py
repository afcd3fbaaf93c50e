"""Grading: predictions and typed answers are read and scored, and nothing that anybody sends is ever run."""
