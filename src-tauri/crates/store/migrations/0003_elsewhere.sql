-- What another program keeps of a note, a card or an answer, as JSON, so that it can go out again
-- unchanged. A card's counts until the card is answered here.
ALTER TABLE review_log ADD COLUMN elsewhere TEXT;
CREATE TABLE elsewhere_note (
  note      INTEGER PRIMARY KEY REFERENCES note,
  json      TEXT    NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT;
CREATE TABLE elsewhere_card (
  card      INTEGER PRIMARY KEY REFERENCES card,
  json      TEXT    NOT NULL,
  operation INTEGER NOT NULL REFERENCES operation
) STRICT;
