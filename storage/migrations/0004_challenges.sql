-- Weekly challenges: rounds, what members do in them, and the reviews of their peers.

-- What only this database knows: members' data is made from it, and a copy of the bot cannot guess it.
CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `content` is the challenge as it was when the round opened: an edit of the pack changes no running round.
CREATE TABLE rounds (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    challenge    TEXT NOT NULL,
    content      TEXT NOT NULL,
    opens        TEXT NOT NULL,
    closes       TEXT NOT NULL,
    wound_up     TEXT,
    UNIQUE (community_id, opens),
    CHECK (opens < closes)
) STRICT;
CREATE INDEX rounds_to_wind_up ON rounds (closes) WHERE wound_up IS NULL;

-- What an organiser wants for a week: a challenge of their choice, or none at all.
CREATE TABLE round_plans (
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    opens        TEXT NOT NULL,
    challenge    TEXT,
    PRIMARY KEY (community_id, opens)
) STRICT, WITHOUT ROWID;

-- One member in one round. `shown` is the public score as the board shows it; `tried` counts the answers, uploads and
-- projects below, and `parts` the right answers among them. All that a member has in a round hangs on this row, and
-- goes and moves with it.
CREATE TABLE efforts (
    round_id  INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    opened    TEXT NOT NULL,
    tried     INTEGER NOT NULL DEFAULT 0,
    parts     INTEGER NOT NULL DEFAULT 0,
    points    INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
    solved    TEXT,
    shown     REAL,
    public    REAL,
    private   REAL,
    PRIMARY KEY (round_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX efforts_of_person ON efforts (person_id);

-- `mark` stands for the answer without telling it: equal answers have equal marks.
CREATE TABLE attempts (
    id        INTEGER PRIMARY KEY,
    round_id  INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    part      INTEGER NOT NULL,
    at        TEXT NOT NULL,
    correct   INTEGER NOT NULL CHECK (correct IN (0, 1)),
    mark      TEXT NOT NULL,
    FOREIGN KEY (round_id, person_id) REFERENCES efforts (round_id, person_id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX attempts_of_person ON attempts (person_id, round_id, part);
CREATE UNIQUE INDEX attempts_right ON attempts (round_id, person_id, part) WHERE correct = 1;
CREATE INDEX attempts_by_mark ON attempts (round_id, part, mark, person_id);

CREATE TABLE hints_opened (
    round_id  INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    hint      INTEGER NOT NULL,
    PRIMARY KEY (round_id, person_id, hint),
    FOREIGN KEY (round_id, person_id) REFERENCES efforts (round_id, person_id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX hints_of_person ON hints_opened (person_id);

CREATE TABLE uploads (
    id        INTEGER PRIMARY KEY,
    round_id  INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    day       TEXT NOT NULL,
    at        TEXT NOT NULL,
    public    REAL NOT NULL,
    private   REAL NOT NULL,
    FOREIGN KEY (round_id, person_id) REFERENCES efforts (round_id, person_id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX uploads_of_person ON uploads (person_id, round_id, day);

CREATE TABLE quiz_answers (
    round_id  INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    question  INTEGER NOT NULL,
    answer    TEXT NOT NULL,
    PRIMARY KEY (round_id, person_id, question),
    FOREIGN KEY (round_id, person_id) REFERENCES efforts (round_id, person_id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX quiz_answers_of_person ON quiz_answers (person_id);

CREATE TABLE handins (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id  INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    link      TEXT NOT NULL,
    words     TEXT NOT NULL,
    at        TEXT NOT NULL,
    UNIQUE (round_id, person_id),
    FOREIGN KEY (round_id, person_id) REFERENCES efforts (round_id, person_id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX handins_of_person ON handins (person_id);

-- `scores` is a JSON list, one level for each criterion; it is there once the review is done.
CREATE TABLE reviews (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    handin_id   INTEGER NOT NULL REFERENCES handins (id) ON DELETE CASCADE,
    reviewer_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    assigned    TEXT NOT NULL,
    scores      TEXT,
    words       TEXT,
    done        TEXT,
    UNIQUE (handin_id, reviewer_id),
    CHECK ((scores IS NULL) = (done IS NULL))
) STRICT;
CREATE INDEX reviews_of_reviewer ON reviews (reviewer_id, done);
