import { Injectable } from '@nestjs/common';
import { KeptPictures } from '../../platform/images/kept-pictures.js';
import { fittedPicture, type UploadedPicture } from '../../platform/images/picture.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import type { StaffActor } from '../auth/actor.js';
import type { DeskSettingsResponse } from './desk-settings.dto.js';
import { DeskSettingsService } from './desk-settings.service.js';

const EDGE = 512;

/** The logo of the desk, redrawn to fit 512 × 512 and kept as a file. */
@Injectable()
export class DeskLogo {
  private readonly pictures: KeptPictures;

  constructor(
    private readonly settings: DeskSettingsService,
    storage: FileStorage,
  ) {
    this.pictures = new KeptPictures(storage, 'logos');
  }

  /** Throws 415 for what is no picture, 400 for one that is broken or too large. */
  async set(actor: StaffActor, picture: UploadedPicture): Promise<DeskSettingsResponse> {
    const bytes = await fittedPicture(picture, EDGE);
    return this.pictures.keep(bytes, (name) => this.swap(actor, name));
  }

  /** Fine to repeat. */
  remove(actor: StaffActor): Promise<DeskSettingsResponse> {
    return this.swap(actor, null);
  }

  /** The WebP of a name; 404 for any other. */
  read(name: string): Promise<Buffer> {
    return this.pictures.read(name);
  }

  private async swap(actor: StaffActor, logo: string | null): Promise<DeskSettingsResponse> {
    const { before, after } = await this.settings.change(actor, (now) => (now.logo === logo ? {} : { logo }));
    if (before.logo !== null && before.logo !== after.logo) await this.pictures.delete(before.logo);
    return this.settings.toResponse(after);
  }
}
