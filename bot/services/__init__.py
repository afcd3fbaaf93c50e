"""The rules of mentoring, on top of the ports and the content."""
