import type { Locale } from '../../contract/locales.js';
import type { DeskSettings } from '../../platform/database/generated/client.js';
import type { Profile } from '../../platform/desk-profile/desk-profile.js';
import type { BusinessHours, OpenHours } from './business-hours.js';

/** The id of the one row. */
export const ONLY = 1;

export interface Holiday {
  /** As `2026-12-25`. */
  date: string;
  name: string | null;
}

export type Greetings = Partial<Record<Locale, string>>;

/** The row with its JSON as what the DTO let in; the one place that takes the database's word for it. */
export type Settings = Omit<DeskSettings, 'greetings' | 'hours' | 'holidays'> & {
  greetings: Greetings;
  hours: OpenHours[];
  holidays: Holiday[];
};

export function settingsOf(row: DeskSettings): Settings {
  return {
    ...row,
    greetings: row.greetings as Greetings,
    hours: row.hours as unknown as OpenHours[],
    holidays: row.holidays as unknown as Holiday[],
  };
}

const LOGOS = '/api/v1/desk/logos/';

export const logoUrlOf = (logo: string | null): string | null => (logo === null ? null : LOGOS + logo);

export function profileOf({ name, colour, logo, timeZone, widgetOrigins }: Settings): Profile {
  return { name, colour, logoUrl: logoUrlOf(logo), timeZone, widgetOrigins };
}

export function businessHoursOf({ timeZone, hours, holidays }: Settings): BusinessHours {
  return { timeZone, week: hours, holidays: holidays.map(({ date }) => date) };
}
