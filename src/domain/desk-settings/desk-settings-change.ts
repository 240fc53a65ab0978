import { isDeepStrictEqual } from 'node:util';
import { listedOrigin } from '../../platform/config/origins.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import { weekFault } from './business-hours.js';
import type { Settings } from './desk-settings-row.js';
import type { UpdateDeskSettingsDto } from './desk-settings.dto.js';

type Fields = Omit<UpdateDeskSettingsDto, 'version'>;
type Columns = Partial<
  Pick<
    Settings,
    | 'name'
    | 'colour'
    | 'greetings'
    | 'expectedReplyMinutes'
    | 'timeZone'
    | 'hours'
    | 'holidays'
    | 'widgetOrigins'
    | 'autoCloseDays'
    | 'retentionDays'
  >
>;

/** A body as the columns hold it: lists in their order, origins as browsers send them. Throws 400 that names the field. */
export function columnsOf({ hours, holidays, widgetOrigins, greetings, colour, ...fields }: Fields): Columns {
  return {
    ...fields,
    ...(colour !== undefined && { colour: colour?.toLowerCase() ?? null }),
    ...(greetings !== undefined && { greetings: { ...greetings } }),
    ...(hours !== undefined && { hours: weekOf(hours) }),
    ...(holidays !== undefined && { holidays: daysOf(holidays) }),
    ...(widgetOrigins !== undefined && { widgetOrigins: originsOf(widgetOrigins) }),
  };
}

/** Those that differ from the row. */
export function changedFields(before: Settings, wanted: Columns): Prisma.DeskSettingsUpdateInput {
  const names = Object.keys(wanted) as (keyof Columns)[];
  const changed = names.filter(
    (name) => wanted[name] !== undefined && !isDeepStrictEqual(wanted[name], before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

function weekOf(hours: NonNullable<Fields['hours']>): Settings['hours'] {
  const fault = weekFault(hours);
  if (fault !== undefined) throw invalidField('hours', fault);
  return hours
    .map(({ weekday, from, to }) => ({ weekday, from, to }))
    .sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1));
}

function daysOf(holidays: NonNullable<Fields['holidays']>): Settings['holidays'] {
  const days = holidays
    .map(({ date, name = null }) => ({ date, name }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const twice = days.find(({ date }, index) => days[index + 1]?.date === date);
  if (twice !== undefined) throw invalidField('holidays', `${twice.date} is listed twice`);
  return days;
}

function originsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map(originOfText))];
}

function originOfText(text: string): string {
  if (text.trim() === '*')
    throw invalidField('widgetOrigins', 'widgetOrigins must list each origin; * is not possible');
  try {
    return listedOrigin(text.trim());
  } catch (error) {
    throw Object.assign(invalidField('widgetOrigins', (error as Error).message), { cause: error });
  }
}
