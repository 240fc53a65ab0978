import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import type { User } from '../../../platform/database/generated/client.js';
import { KeptPictures } from '../../../platform/images/kept-pictures.js';
import { squarePicture, type UploadedPicture } from '../../../platform/images/picture.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { StaffSessions } from '../sessions/staff-sessions.js';
import { lockStaff } from '../sessions/staff-logins.queries.js';

const EDGE = 256;
const PREFIX = '/api/v1/avatars/';

/** The pictures of staff, redrawn at 256 × 256 and kept as files; `users.avatar` is the address that shows one. */
@Injectable()
export class Avatars {
  private readonly pictures: KeptPictures;

  constructor(
    private readonly database: Database,
    storage: FileStorage,
    private readonly audit: AuditLog,
    private readonly sessions: StaffSessions,
  ) {
    this.pictures = new KeptPictures(storage, 'avatars');
  }

  /** Throws 415 for what is no picture, 400 for one that is broken or too large. */
  async set(actor: StaffActor, picture: UploadedPicture): Promise<User> {
    const bytes = await squarePicture(picture, EDGE);
    return this.pictures.keep(bytes, (name) => this.swap(actor, PREFIX + name));
  }

  /** Fine to repeat. */
  remove(actor: StaffActor): Promise<User> {
    return this.swap(actor, null);
  }

  /** The WebP of a name; 404 for any other. */
  read(name: string): Promise<Buffer> {
    return this.pictures.read(name);
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
    if (before?.startsWith(PREFIX)) await this.pictures.delete(before.slice(PREFIX.length));
    return user;
  }
}
