"""A page of one's own as a platform: a browser on this machine, no account."""
