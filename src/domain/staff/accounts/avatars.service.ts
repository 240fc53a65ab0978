import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import type { User } from '../../../platform/database/generated/client.js';
import { notFound } from '../../../platform/http/errors/domain-error.js';
import { squarePicture, type UploadedPicture } from '../../../platform/images/picture.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { StaffSessions } from '../sessions/staff-sessions.js';
import { lockStaff } from '../sessions/staff-logins.queries.js';

const EDGE = 256;
const PREFIX = '/api/v1/avatars/';
/** 128 random bits: a new picture has a new address, so that any copy may be kept forever. */
const NAME = /^[A-Za-z0-9_-]{22}\.webp$/;

/** The pictures of staff, redrawn at 256 × 256 and kept as files; `users.avatar` is the address that shows one. */
@Injectable()
export class Avatars {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly audit: AuditLog,
    private readonly sessions: StaffSessions,
  ) {}

  /** Throws 415 for what is no picture, 400 for one that is broken or too large. */
  async set(actor: StaffActor, picture: UploadedPicture): Promise<User> {
    const bytes = await squarePicture(picture, EDGE);
    const name = `${randomBytes(16).toString('base64url')}.webp`;
    await this.storage.put(keyOf(name), bytes);
    try {
      return await this.swap(actor, PREFIX + name);
    } catch (error) {
      await this.storage.delete(keyOf(name));
      throw error;
    }
  }

  /** Fine to repeat. */
  remove(actor: StaffActor): Promise<User> {
    return this.swap(actor, null);
  }

  /** The WebP of a name; 404 for any other. */
  async read(name: string): Promise<Buffer> {
    const bytes = NAME.test(name) ? await this.storage.read(keyOf(name)) : undefined;
    if (bytes === undefined) throw notFound('Picture');
    return bytes;
  }

  private async swap(actor: StaffActor, avatar: string | null): Promise<User> {
    const { before, user } = await this.database.$transaction(async (tx) => {
      const old = await lockStaff(tx, actor.id);
      const updated = await tx.user.update({ where: { id: actor.id }, data: { avatar } });
      const data = { fields: ['avatar'] };
      await this.audit.record({ action: 'user.updated', actor, subject: String(actor.id), data }, tx);
      return { before: old?.avatar, user: updated };
    });
    // What is known about who is asking carries the picture.
    this.sessions.publishEnd(actor.id);
    const name = before?.startsWith(PREFIX) ? before.slice(PREFIX.length) : '';
    if (NAME.test(name)) await this.storage.delete(keyOf(name));
    return user;
  }
}

const keyOf = (name: string): string => `avatars/${name}`;
