import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { decodeCursor } from '../../platform/http/pagination/cursor.js';
import { pageOf, type Page } from '../../platform/http/pagination/page.js';
import { pageSize } from '../../platform/http/pagination/page-query.js';
import type { StaffActor } from '../auth/actor.js';
import { toMessage, type MessageResponse } from './message-shapes.js';
import type { BetweenQueryDto } from './messages-between.dto.js';
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
    query: BetweenQueryDto,
  ): Promise<Page<MessageResponse>> {
    const limit = pageSize(query);
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const rows = await messagesBetween(this.database, one, other, { limit: limit + 1, before });
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    return { ...page, items: page.items.map((row) => toMessage(actor, row)) };
  }
}
