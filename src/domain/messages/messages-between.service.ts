import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { pageSize } from '../../platform/http/pagination/page-size.js';
import type { StaffActor } from '../auth/actor.js';
import { decodeCursor, encodeCursor } from '../tickets/reading/ticket-cursor.js';
import { toMessage, type MessageShape } from './message-shapes.js';
import type { BetweenQuery } from './messages-between.dto.js';
import { messagesBetween } from './messages-between.queries.js';

/** Messages between two people. Staff see every ticket, so they see every exchange. */
@Injectable()
export class MessagesBetween {
  constructor(private readonly database: Database) {}

  /** Newest first. Throws 400 for a cursor that is none. */
  async between(
    actor: StaffActor,
    one: string,
    other: string,
    query: BetweenQuery,
  ): Promise<{ messages: MessageShape[]; nextCursor: string | null }> {
    const limit = pageSize(query);
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const rows = await messagesBetween(this.database, one, other, { limit: limit + 1, before });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      messages: shown.map((row) => toMessage(actor, row)),
      nextCursor: last === undefined ? null : encodeCursor({ at: last.createdAt, id: last.id }),
    };
  }
}
