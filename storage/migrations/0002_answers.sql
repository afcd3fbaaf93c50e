-- What members keep, see and ask, and what communities add of their own.

CREATE TABLE saves (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    entry     TEXT NOT NULL,
    at        TEXT NOT NULL,
    UNIQUE (person_id, entry)
) STRICT;

-- The id tells the order in which the tips of one day were shown.
CREATE TABLE tip_log (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    tip       TEXT NOT NULL,
    day       TEXT NOT NULL,
    UNIQUE (person_id, day, tip)
) STRICT;

CREATE TABLE votes (
    faq       TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    helped    INTEGER NOT NULL CHECK (helped IN (0, 1)),
    PRIMARY KEY (faq, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX votes_of_person ON votes (person_id);

-- `folded` is the question as far as it matters for being the same one.
CREATE TABLE gaps (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    question     TEXT NOT NULL,
    folded       TEXT NOT NULL,
    asked        INTEGER NOT NULL DEFAULT 0,
    last         TEXT NOT NULL,
    state        TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'dismissed')),
    UNIQUE (community_id, folded)
) STRICT;

-- Read backwards: the most asked first, then the latest.
CREATE INDEX gaps_to_answer ON gaps (community_id, asked, last) WHERE state = 'open';

CREATE TABLE gap_askers (
    gap_id    INTEGER NOT NULL REFERENCES gaps (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (gap_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX gap_askers_of_person ON gap_askers (person_id);

-- The count is kept where the rows change, so that it stays true when a member goes.
CREATE TRIGGER gap_asked
AFTER INSERT ON gap_askers
BEGIN
    UPDATE gaps SET asked = asked + 1 WHERE id = NEW.gap_id;
END;

-- A question is its askers' words: it goes with the last of them.
CREATE TRIGGER gap_asker_gone
AFTER DELETE ON gap_askers
BEGIN
    UPDATE gaps SET asked = asked - 1 WHERE id = OLD.gap_id;
    DELETE FROM gaps WHERE id = OLD.gap_id AND asked = 0;
END;

-- An entry's id is taken for ever, as in a pack: what somebody saved never turns into something else.
CREATE TABLE additions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    entry        TEXT NOT NULL,
    body         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('suggested', 'live', 'declined', 'retired')),
    author_id    INTEGER REFERENCES people (id) ON DELETE SET NULL,
    changed      TEXT NOT NULL,
    UNIQUE (community_id, entry)
) STRICT;

CREATE INDEX additions_by_state ON additions (community_id, state);
CREATE INDEX additions_live ON additions (state) WHERE state = 'live';
CREATE INDEX additions_of_author ON additions (author_id);

CREATE TABLE notices (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text      TEXT NOT NULL
) STRICT;

CREATE INDEX notices_of_person ON notices (person_id);
