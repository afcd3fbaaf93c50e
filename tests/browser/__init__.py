"""The page in a real browser. Where there is none, these tests are skipped and say why."""
