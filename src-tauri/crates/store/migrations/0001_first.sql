-- The first shape of a collection. Migrations are never edited, only added.
--
-- Identity: every thing that travels between machines has a UUID; integer ids are local.
-- Clocks are hybrid logical (ms << 16 | counter). Days are days since 1970-01-01 (study days).

PRAGMA application_id = 1130457458; -- "Cair"

CREATE TABLE meta (              -- facts about this file; never merged
  key   TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id   INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16)
) STRICT;

-- Everything that changed the collection. Undo appends an operation that voids another.
CREATE TABLE operation (
  id     INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES device,
  seq    INTEGER NOT NULL,       -- counts the operations of the device
  clock  INTEGER NOT NULL,
  at_ms  INTEGER NOT NULL,       -- UTC, for people; never used for order
  kind   TEXT    NOT NULL,
  words  TEXT    NOT NULL,       -- what it was done to, for people
  voids  INTEGER REFERENCES operation,
  UNIQUE (device, seq)
) STRICT;
CREATE INDEX operation_voids ON operation (voids) WHERE voids IS NOT NULL;

CREATE TABLE deck (
  id        INTEGER PRIMARY KEY,
  uuid      BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
  slug      TEXT    NOT NULL,    -- the author's own id, or the UUID as text
  name      TEXT    NOT NULL,
  language  TEXT    NOT NULL,
  version   TEXT    NOT NULL,
  licence   TEXT    NOT NULL,
  about     TEXT    NOT NULL,
  sources   TEXT    NOT NULL,    -- JSON array of sources
  position  INTEGER NOT NULL,
  built_in  INTEGER NOT NULL CHECK (built_in IN (0, 1)),
  clock     INTEGER NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT;

CREATE TABLE note (
  id            INTEGER PRIMARY KEY,
  uuid          BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
  deck          INTEGER NOT NULL REFERENCES deck,
  deck_clock    INTEGER NOT NULL,
  content       TEXT    NOT NULL,          -- JSON, cairn_core::note::Content
  content_clock INTEGER NOT NULL,
  facts         TEXT    NOT NULL,          -- JSON, cairn_core::package::Facts (tags among them)
  tags_clock    INTEGER NOT NULL,
  area          TEXT,                      -- two-letter code, from facts
  position      INTEGER NOT NULL,          -- order within its deck
  gone          INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1, 2)), -- 1 retired, 2 deleted
  operation     INTEGER NOT NULL REFERENCES operation
) STRICT;
CREATE INDEX note_deck ON note (deck, position);

CREATE TABLE origin (            -- where a note came from, and its text as released
  note    INTEGER PRIMARY KEY REFERENCES note,
  deck    TEXT NOT NULL,
  item    TEXT NOT NULL,
  release TEXT NOT NULL,
  base    TEXT NOT NULL          -- JSON, cairn_core::note::Content
) STRICT;

CREATE TABLE card (
  id              INTEGER PRIMARY KEY,
  uuid            BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
  note            INTEGER NOT NULL REFERENCES note,
  deck            INTEGER NOT NULL REFERENCES deck,
  ordinal         TEXT    NOT NULL,        -- front, back, c1 …
  position        INTEGER NOT NULL,        -- order of introduction
  -- Cached fold of the card's log; all NULL while the card is new.
  repetitions     INTEGER,
  interval_days   INTEGER,                 -- not fuzzed
  ease_hundredths INTEGER,
  due             INTEGER,                 -- study day
  last_day        INTEGER,                 -- study day of the last scheduling answer
  lapses          INTEGER,
  plan_due        INTEGER,                 -- overlay; NULL until the exam plan exists
  suspended       INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
  suspended_clock INTEGER NOT NULL DEFAULT 0,
  buried_until    INTEGER NOT NULL DEFAULT -2147483648, -- hidden on study days before this one
  buried_clock    INTEGER NOT NULL DEFAULT 0,
  flagged         INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
  flagged_clock   INTEGER NOT NULL DEFAULT 0,
  gone            INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)), -- its note, or its gap, is
  touched         INTEGER NOT NULL REFERENCES operation, -- last operation that changed it
  CHECK ((due IS NULL) = (repetitions IS NULL) AND (due IS NULL) = (interval_days IS NULL)
     AND (due IS NULL) = (ease_hundredths IS NULL) AND (due IS NULL) = (last_day IS NULL)
     AND (due IS NULL) = (lapses IS NULL))
) STRICT;
CREATE INDEX card_note ON card (note);
-- The queue reads these two alone: they hold all that it needs, in its order.
CREATE INDEX card_ready ON card (coalesce(plan_due, due), uuid, note, deck, interval_days, buried_until)
  WHERE due IS NOT NULL AND suspended = 0 AND gone = 0;
CREATE INDEX card_new ON card (position, deck, note, buried_until)
  WHERE due IS NULL AND suspended = 0 AND gone = 0;

CREATE TABLE policy (            -- interned snapshots of the settings that matter to a replay
  id   INTEGER PRIMARY KEY,
  json TEXT NOT NULL UNIQUE
) STRICT;

-- Append-only, and the truth about every schedule.
CREATE TABLE review_log (
  id                 INTEGER PRIMARY KEY,
  card               INTEGER NOT NULL REFERENCES card,
  kind               TEXT    NOT NULL CHECK (kind IN
    ('review', 'drill', 'cram', 'mock', 'set', 'reset', 'foreign')),
  grade              INTEGER CHECK (grade BETWEEN 0 AND 5),
  response           TEXT,                 -- id of the chosen option, or the text typed
  option_order       TEXT,                 -- ids of the options as shown, JSON array
  day                INTEGER NOT NULL,     -- study day
  at_ms              INTEGER NOT NULL,     -- UTC
  offset_minutes     INTEGER NOT NULL,     -- local minus UTC
  taken_ms           INTEGER NOT NULL,
  rule               TEXT    NOT NULL,
  policy             INTEGER NOT NULL REFERENCES policy,
  rule_interval_days INTEGER,
  late_days          INTEGER,
  fuzz_days          INTEGER,
  due                INTEGER,
  plan_day           INTEGER,
  before_repetitions INTEGER, before_interval_days INTEGER, before_ease_hundredths INTEGER,
  before_due         INTEGER, before_last_day      INTEGER, before_lapses          INTEGER,
  after_repetitions  INTEGER, after_interval_days  INTEGER, after_ease_hundredths  INTEGER,
  after_due          INTEGER, after_last_day       INTEGER, after_lapses           INTEGER,
  device             INTEGER NOT NULL REFERENCES device,
  seq                INTEGER NOT NULL,     -- counts the rows of the device
  clock              INTEGER NOT NULL,
  operation          INTEGER NOT NULL REFERENCES operation,
  UNIQUE (device, seq)
) STRICT;
CREATE INDEX review_log_card ON review_log (card);
CREATE INDEX review_log_day ON review_log (day, kind, operation);
CREATE INDEX review_log_operation ON review_log (operation);

CREATE TABLE setting (
  key       TEXT PRIMARY KEY,
  value     TEXT    NOT NULL,    -- JSON
  clock     INTEGER NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT, WITHOUT ROWID;

-- What undo needs: rows as they were before an operation, and ranges of rows that it inserted.
CREATE TABLE before_image (
  operation INTEGER NOT NULL REFERENCES operation,
  entity    TEXT    NOT NULL,
  row       ANY     NOT NULL,    -- local id, or key of a setting
  fields    TEXT    NOT NULL,    -- JSON
  PRIMARY KEY (operation, entity, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE inserted_range (
  operation INTEGER NOT NULL REFERENCES operation,
  entity    TEXT    NOT NULL,
  first     INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  PRIMARY KEY (operation, entity, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstone (
  entity    TEXT    NOT NULL,
  uuid      BLOB    NOT NULL CHECK (length(uuid) = 16),
  clock     INTEGER NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation,
  PRIMARY KEY (entity, uuid)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (             -- the files lie beside the collection, by content
  sha256    BLOB    PRIMARY KEY CHECK (length(sha256) = 32),
  size      INTEGER NOT NULL,
  mime      TEXT    NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT;
CREATE TABLE note_media (
  note   INTEGER NOT NULL REFERENCES note,
  name   TEXT    NOT NULL,       -- as the note's text says it
  sha256 BLOB    NOT NULL REFERENCES media,
  PRIMARY KEY (note, name)
) STRICT, WITHOUT ROWID;

-- Full text by note id, kept in the transaction that changes the note.
CREATE VIRTUAL TABLE note_search USING fts5 (
  front, back, tags, content = '', contentless_delete = 1
);
