"""One file for each feature; every module in here is found by itself."""
