-- Kinds of notes as another program keeps them (Anki: note types), named by what a note keeps in
-- `elsewhere_note`. A key is made from the text, so a row never changes and undo leaves it.
CREATE TABLE elsewhere_kind (
  key       TEXT PRIMARY KEY,
  json      TEXT NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT, WITHOUT ROWID;

-- The log anew, row by row the same. `kind IN (…)` makes SQLite build a table of the words for each
-- row that is written; comparisons do not. Rows of another program are no answers here: of the
-- indexes that find answers, they need none.
CREATE TABLE review_log_new (
  id                 INTEGER PRIMARY KEY,
  card               INTEGER NOT NULL REFERENCES card,
  kind               TEXT    NOT NULL CHECK (kind = 'review' OR kind = 'drill' OR kind = 'foreign'
    OR kind = 'set' OR kind = 'reset' OR kind = 'cram' OR kind = 'mock'),
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
  elsewhere          TEXT,                 -- the row as another program keeps it, JSON
  UNIQUE (device, seq)
) STRICT;
INSERT INTO review_log_new SELECT * FROM review_log;
DROP TABLE review_log;
ALTER TABLE review_log_new RENAME TO review_log;
CREATE INDEX review_log_card ON review_log (card);
CREATE INDEX review_log_day ON review_log (day, kind, operation) WHERE kind <> 'foreign';
CREATE INDEX review_log_operation ON review_log (operation) WHERE kind <> 'foreign';
