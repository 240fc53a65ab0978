-- Gives the lines that earlier releases wrote in English their keys. A migration of its own: it holds the locks of rows that nobody
-- changes, and none of a table. Unknown texts keep their content and no key.
UPDATE "messages" m
   SET "system_key" = known.key, "system_params" = known.params
  FROM (VALUES
    ('This ticket was marked as resolved.', 'ticket.resolved', '{}'::jsonb),
    ('This ticket was closed.', 'ticket.closed', '{}'),
    ('This ticket was cancelled.', 'ticket.cancelled', '{}'),
    ('This ticket was opened again.', 'ticket.reopened', '{}'),
    ('An audio call was requested.', 'call.requested', '{"mode": "audio"}'),
    ('A video call was requested.', 'call.requested', '{"mode": "video"}'),
    ('We cannot take a call right now. Please go on by message.', 'call.rejected', '{}'),
    ('Nobody could take the call in time. We will call back.', 'call.expired', '{}'),
    ('An audio call has started.', 'call.started', '{"mode": "audio"}'),
    ('A video call has started.', 'call.started', '{"mode": "video"}'),
    ('The call has ended.', 'call.ended', '{}')
  ) AS known (content, key, params)
 WHERE m."message_type" = 'system' AND m."system_key" IS NULL AND m."content" = known.content;

UPDATE "messages"
   SET "system_key" = CASE WHEN "content" LIKE 'Transferred to %' THEN 'ticket.transferred' ELSE 'ticket.assigned' END,
       "system_params" = jsonb_build_object(
         'name', CASE WHEN "content" LIKE 'Transferred to %' THEN substr("content", 16, length("content") - 16)
                      ELSE left("content", length("content") - length(' is now helping you.')) END)
 WHERE "message_type" = 'system' AND "system_key" IS NULL
   AND ("content" LIKE 'Transferred to _%.' OR "content" LIKE '_% is now helping you.');
