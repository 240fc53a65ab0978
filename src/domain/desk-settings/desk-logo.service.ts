import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../platform/http/errors/domain-error.js';
import { fittedPicture, type UploadedPicture } from '../../platform/images/picture.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { StaffActor } from '../auth/actor.js';
import type { DeskSettingsResponse } from './desk-settings.dto.js';
import { DeskSettingsService } from './desk-settings.service.js';

const EDGE = 512;
/** 128 random bits: a new logo has a new address, so that any copy may be kept forever. */
const NAME = /^[A-Za-z0-9_-]{22}\.webp$/;

/** The logo of the desk, redrawn to fit 512 × 512 and kept as a file. */
@Injectable()
export class DeskLogo {
  constructor(
    private readonly settings: DeskSettingsService,
    private readonly storage: FileStorage,
  ) {}

  /** Throws 415 for what is no picture, 400 for one that is broken or too large. */
  async set(actor: StaffActor, picture: UploadedPicture): Promise<DeskSettingsResponse> {
    const bytes = await fittedPicture(picture, EDGE);
    const name = `${randomBytes(16).toString('base64url')}.webp`;
    await this.storage.put(keyOf(name), bytes);
    try {
      return await this.swap(actor, name);
    } catch (error) {
      await this.storage.delete(keyOf(name));
      throw error;
    }
  }

  /** Fine to repeat. */
  remove(actor: StaffActor): Promise<DeskSettingsResponse> {
    return this.swap(actor, null);
  }

  /** The WebP of a name; 404 for any other. */
  async read(name: string): Promise<Buffer> {
    const bytes = NAME.test(name) ? await this.storage.read(keyOf(name)) : undefined;
    if (bytes === undefined) throw notFound('Picture');
    return bytes;
  }

  private async swap(actor: StaffActor, logo: string | null): Promise<DeskSettingsResponse> {
    const { before, after } = await this.settings.change(actor, (now) => (now.logo === logo ? {} : { logo }));
    if (before.logo !== null && before.logo !== after.logo) await this.storage.delete(keyOf(before.logo));
    return this.settings.toResponse(after);
  }
}

const keyOf = (name: string): string => `logos/${name}`;
