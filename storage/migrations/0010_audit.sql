-- What organisers changed: which command, never its words. Who they were goes when they are forgotten.

CREATE TABLE audit (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    person_id    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    at           TEXT NOT NULL,
    what         TEXT NOT NULL,
    call_id      TEXT NOT NULL
) STRICT;

CREATE INDEX audit_of_community ON audit (community_id, id);
CREATE INDEX audit_of_person ON audit (person_id) WHERE person_id IS NOT NULL;
