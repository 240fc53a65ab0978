-- Normal forms of letters exist in UTF8 alone.
DO $$ BEGIN
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RAISE EXCEPTION 'This database is encoded in %. Create one with ENCODING ''UTF8'', and move the data there.', current_setting('server_encoding');
  END IF;
END $$;

-- Letters without their accents, in small, in one form however they were typed: "Problème" decomposed or not, PROBLEME and
-- problème are one. Built-in functions alone, so that no extension is needed and the result is the same on every server.
CREATE FUNCTION "search_fold"("value" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN normalize(
  replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize("value", NFKD), '[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0640\u064B-\u065F\u0670\u200B-\u200F\u00AD]', '', 'g')),
      'øłđðħŧıςĸŋ', 'oldðhtiσkn'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
  NFC);

-- The same without punctuation, so that each part of an address, a number or a link is a word of its own.
CREATE FUNCTION "search_words"("value" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(search_fold("value"), '[\u0001-\u002F\u003A-\u0060\u007B-\u00BF\u2010-\u205E\u3000-\u3003\u3008-\u3020\u30FB]+', ' ', 'g');

-- What somebody types, as a query on such words: all of them, in any order; "a phrase"; this or that; -without. Each word may be
-- the beginning of a longer one, and the parts of an address or a number stand side by side.
CREATE FUNCTION "search_query"("value" TEXT) RETURNS TSQUERY LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT coalesce(regexp_replace(
           websearch_to_tsquery('simple', string_agg(
             CASE WHEN "piece"[2] = 'or' THEN 'or' ELSE "piece"[1] || '"' || search_words("piece"[2]) || '"' END, ' '))::text,
           '(?<!!)(''[^'' ]{2,}''|''[^\u0001-\u007F]'')(?! <)', '(\1 | \1:*)', 'g'), '')::tsquery
    FROM regexp_matches(regexp_replace(search_fold("value"), '[“”„«»]', '"', 'g'), '(-?)("[^"]*"?|[^\s"]+)', 'g') AS "piece"
   WHERE search_words("piece"[2]) <> ' ');

ALTER TABLE "tickets" DROP COLUMN "search";
ALTER TABLE "tickets" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_words(
  coalesce("number", '') || ' ' || coalesce("subject", '') || ' ' || coalesce("description", '') || ' ' ||
  coalesce("donor_name", '') || ' ' || coalesce("donor_email", '')))) STORED;
CREATE INDEX "tickets_search" ON "tickets" USING GIN ("search");

ALTER TABLE "messages" DROP COLUMN "search";
ALTER TABLE "messages" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_words("content"))) STORED;
CREATE INDEX "messages_search" ON "messages" USING GIN ("search");
