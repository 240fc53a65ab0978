import { Transform } from 'class-transformer';
import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { showsSomething } from '../../../contract/text.js';
import { FormedText, hasLength, isOneLine, tidy } from './text.decorator.js';

/** A language tag as people write it (BCP 47): language, and perhaps script and region. */
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;
const LONGEST_TAG = 35;
const MOST_LANGUAGES = 50;

/** A language tag such as `de` or `pt-BR`. */
export function LanguageTag(): PropertyDecorator {
  const message = '$property must be a language tag such as de or pt-BR';
  return FormedText(LANGUAGE_TAG, { most: LONGEST_TAG, message });
}

/** An object of one line of text for each language tag, each of at most `most` characters. */
export function TextByLanguage(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => tidied(value)),
    ValidateBy({
      name: 'isTextByLanguage',
      validator: {
        validate: (value: unknown) => isTextByLanguage(value, most),
        defaultMessage: () =>
          `$property must name at most ${MOST_LANGUAGES} languages by tag, each with one line of 1 to ${most} characters`,
      },
    }),
  );
}

function tidied(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).slice(0, MOST_LANGUAGES + 1);
  return Object.fromEntries(
    entries.map(([tag, text]) => [tag, typeof text === 'string' ? tidy(text) : text]),
  );
}

function isTextByLanguage(value: unknown, most: number): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MOST_LANGUAGES && entries.every(([tag, text]) => isTag(tag) && isText(text, most));
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTag = (tag: string): boolean => tag.length <= LONGEST_TAG && LANGUAGE_TAG.test(tag);

const isText = (text: unknown, most: number): boolean =>
  typeof text === 'string' && hasLength(text, 1, most) && isOneLine(text) && showsSomething(text);
