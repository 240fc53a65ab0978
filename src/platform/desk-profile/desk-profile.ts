import { Injectable } from '@nestjs/common';

/** What the charity says of its desk, as far as pages, emails and CORS need it. */
export interface Profile {
  /** One line of text; null while nobody has set one. */
  readonly name: string | null;
  /** Such as `#1a7f64`; null while nobody has set one. */
  readonly colour: string | null;
  /** The path of an image; null without one. */
  readonly logoUrl: string | null;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Origins of pages that may carry the widget, beside CORS_ORIGINS. */
  readonly widgetOrigins: readonly string[];
}

const PRODUCT = 'Concierge';

const UNSET: Profile = { name: null, colour: null, logoUrl: null, timeZone: 'UTC', widgetOrigins: [] };

/**
 * The profile of the desk as this process knows it. `domain/desk-settings` keeps it up to date; what knows no settings reads it
 * each time, so that a change needs no restart.
 */
@Injectable()
export class DeskProfile {
  private profile = UNSET;

  get current(): Profile {
    return this.profile;
  }

  /** What the desk is called: its own name, or that of the product. */
  get name(): string {
    return this.profile.name ?? PRODUCT;
  }

  set(profile: Profile): void {
    this.profile = profile;
  }
}
