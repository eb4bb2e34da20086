-- The best answer of a choice note changed with an update, after cards of it had been answered.
-- Local, like `meta`: every copy tells its person for itself.
CREATE TABLE key_change (
  note      INTEGER NOT NULL REFERENCES note,
  operation INTEGER NOT NULL REFERENCES operation, -- the update
  was       TEXT    NOT NULL,                      -- text of the option that was best
  now       TEXT    NOT NULL,                      -- text of the option that is
  PRIMARY KEY (note, operation)
) STRICT, WITHOUT ROWID;
