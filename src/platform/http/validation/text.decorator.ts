import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsISO8601,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUUID,
  Matches,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { isEmailAddress } from '../../../contract/email-address.js';
import { showsSomething } from '../../../contract/text.js';
import { LIMITS } from '../../../contract/ticket-fields.js';

/**
 * The texts of requests. Each decorator bounds the length before it looks at the content: its rules run in the order in which
 * they stand here, and `strictValidation` stops at a field's first fault, so that no pattern meets a longer text. Class-validator's
 * own text decorators run in the reverse of what one reads; the lint rules keep them out of DTOs.
 */
interface TextOptions {
  /** Fewest characters; 1 unless said otherwise. */
  least?: number;
  /** The field is a list, and each of its items such a text. */
  each?: boolean;
}

interface FormOptions extends TextOptions {
  most: number;
  message: string;
}

/** Text as it was sent: tokens, ids that others made, search words. `most` counts code points, as PostgreSQL does. */
export function BoundedText(most: number, { least = 1, each = false }: TextOptions = {}): PropertyDecorator {
  return applyDecorators(IsString({ each }), HasLength(least, most, { each }));
}

/** Text that people write in sentences, kept as they wrote it. It must show something. */
export function Prose(most: number): PropertyDecorator {
  return applyDecorators(BoundedText(most), ShowsSomething());
}

/** The same where a blank text says as much as none: it becomes `undefined`, or `null` in a field that can be cleared. */
export function ProseOrBlank(most: number, blank?: null): PropertyDecorator {
  const orBlank = (text: string): string | null | undefined => (showsSomething(text) ? text : blank);
  return applyDecorators(Change(most, orBlank), IsOptional(), BoundedText(most));
}

/** A name, subject or tag: trimmed, in Unicode's composed form (NFC), so that what looks the same is the same, and in a list once. */
export function Label(most: number, options: TextOptions = {}): PropertyDecorator {
  const { each = false } = options;
  return applyDecorators(
    // Class-transformer runs the last change first.
    ...(each ? [Distinct()] : []),
    Change(most, tidy),
    BoundedText(most, options),
    ShowsSomething({ each }),
  );
}

/** A label that can be cleared: a blank one becomes null. */
export function LabelOrBlank(most: number): PropertyDecorator {
  const orBlank = (text: string): string | null => (showsSomething(text) ? tidy(text) : null);
  return applyDecorators(Change(most, orBlank), IsOptional(), BoundedText(most));
}

const ONE_LINE = /^\P{Cc}*$/u;

/** Holds neither control characters nor line ends. */
export const isOneLine = (text: string): boolean => ONE_LINE.test(text);

/** A label without control characters and line ends. */
export function Line(most: number): PropertyDecorator {
  return applyDecorators(Label(most), Matches(ONE_LINE, { message: '$property must be one line of text' }));
}

/** Trimmed text of a fixed form. */
export function FormedText(pattern: RegExp, { most, message, least = 0 }: FormOptions): PropertyDecorator {
  return applyDecorators(Change(most, tidy), BoundedText(most, { least }), Matches(pattern, { message }));
}

/** An id of ours, in any case; stored, compared and named in rooms it is in small letters (RFC 9562 §4). */
export function UuidText({ each = false }: Pick<TextOptions, 'each'> = {}): PropertyDecorator {
  return applyDecorators(
    Change(36, (text) => text.toLowerCase()),
    BoundedText(36, { each }),
    IsUUID(undefined, { each }),
  );
}

/** What of ISO 8601 a Date reads the same everywhere: no weeks, no days of the year, no local times. */
const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

export function DayOrInstant(): PropertyDecorator {
  const message = '$property must be a day or a time with its zone, as 2026-11-20T09:30:00Z';
  return applyDecorators(
    FormedText(DAY_OR_INSTANT, { most: 40, message }),
    IsISO8601({ strict: true }, { message }),
  );
}

export function TimeZoneName(): PropertyDecorator {
  const message = '$property must be an IANA name such as Europe/Berlin';
  return applyDecorators(BoundedText(64), IsTimeZone({ message }));
}

/** One address that can be mailed; phone keyboards leave a blank behind it, which is taken off. */
export function EmailText(): PropertyDecorator {
  return applyDecorators(
    Change(LIMITS.email, tidy),
    BoundedText(LIMITS.email),
    ValidateBy({
      name: 'isEmail',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isEmailAddress(value),
        defaultMessage: () => '$property must be an email address such as name@example.org',
      },
    }),
  );
}

/** Words to search for: composed as stored labels are. */
export function SearchText(most: number): PropertyDecorator {
  return applyDecorators(
    Change(most, (text) => text.normalize('NFC')),
    BoundedText(most),
  );
}

export const tidy = (text: string): string => text.trim().normalize('NFC');

/** Blanks around a text and accents beside their letters do not count; what is far too long stays and is refused for its length. */
const ROOM = 1_000;

function Change(most: number, change: (text: string) => string | null | undefined): PropertyDecorator {
  const changed = (value: unknown): unknown =>
    typeof value === 'string' && value.length <= Math.max(2 * most, ROOM) ? change(value) : value;
  return Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(changed) : changed(value),
  );
}

/** Items of a list that have become the same are one. */
function Distinct(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? [...new Set(value)] : value));
}

/** The text has `least` to `most` code points. */
export function hasLength(text: string, least: number, most: number): boolean {
  if (text.length > 2 * most) return false;
  const length = text.length <= most ? text.length : [...text].length;
  return length >= least && length <= most;
}

function HasLength(least: number, most: number, options: ValidationOptions): PropertyDecorator {
  const fits = (value: unknown): boolean => typeof value === 'string' && hasLength(value, least, most);
  const defaultMessage = () =>
    least === 0
      ? `$property must be at most ${most} characters long`
      : `$property must be ${least} to ${most} characters long`;
  return ValidateBy({ name: 'isLength', validator: { validate: fits, defaultMessage } }, options);
}

function ShowsSomething(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isVisible',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && showsSomething(value),
        defaultMessage: () => '$property must not be blank',
      },
    },
    options,
  );
}
