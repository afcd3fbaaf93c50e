"""Benchmarks: each beside a baseline in the same run, reported as a ratio. `make bench` runs them all."""
