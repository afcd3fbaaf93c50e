-- Keys to other places. Whoever keeps one here has encrypted it, so this file alone opens nothing.

CREATE TABLE sealed (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
