-- Pending and transferred tickets have an owner. Those that nobody owns are new again, and the log says so.
WITH ownerless AS (
  SELECT id, status FROM tickets WHERE admin_id IS NULL AND status IN ('pending', 'transferred') FOR NO KEY UPDATE
), moved AS (
  UPDATE tickets t
     SET status = 'new', last_seq = t.last_seq + 1, last_public_seq = t.last_public_seq + 1, version = t.version + 1
    FROM ownerless o WHERE t.id = o.id
  RETURNING t.id, t.last_seq, t.last_public_seq, o.status AS before
)
INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, data)
SELECT id, last_seq, last_public_seq, 'ticket.status_changed', 'system', NULL, jsonb_build_object('from', before, 'to', 'new')
  FROM moved;

ALTER TABLE tickets ADD CONSTRAINT tickets_owner_check CHECK (admin_id IS NOT NULL OR status NOT IN ('pending', 'transferred'));
