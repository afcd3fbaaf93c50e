"""One journey on every platform: what works on one works on all."""
