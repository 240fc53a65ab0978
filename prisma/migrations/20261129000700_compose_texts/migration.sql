-- Names, subjects and tags are written in Unicode's composed form (NFC) from now on, and compared in it: those that
-- are stored in another form become composed too. Databases in another encoding than UTF-8 have no such forms.
DO $$
BEGIN
  IF current_setting('server_encoding') <> 'UTF8' THEN
    RETURN;
  END IF;

  UPDATE tickets
     SET tags = ARRAY(
           SELECT tag
             FROM (SELECT normalize(one, NFC) AS tag, min(place) AS place
                     FROM unnest(tags) WITH ORDINALITY AS given(one, place)
                    GROUP BY 1) AS composed
            ORDER BY place)
   WHERE EXISTS (SELECT 1 FROM unnest(tags) AS one WHERE one IS NOT NFC NORMALIZED);

  UPDATE tickets
     SET donor_name = normalize(donor_name, NFC), subject = normalize(subject, NFC)
   WHERE donor_name IS NOT NFC NORMALIZED OR subject IS NOT NFC NORMALIZED;

  UPDATE users SET name = normalize(name, NFC) WHERE name IS NOT NFC NORMALIZED;
END
$$;
