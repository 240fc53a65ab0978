import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Matches, MaxLength } from 'class-validator';
import { DomainError } from '../errors/domain-error.js';
import { strictValidation } from './strict-validation.js';
import {
  BoundedText,
  DayOrInstant,
  EmailText,
  FormedText,
  Label,
  LabelOrBlank,
  Line,
  Prose,
  ProseOrBlank,
  SearchText,
  TimeZoneName,
} from './text.decorator.js';

const HEART = '\u{1F49A}';

/** A pattern that notes the texts it meets. */
class Watching extends RegExp {
  readonly met: string[] = [];
  override exec(text: string): RegExpExecArray | null {
    this.met.push(text);
    return super.exec(text);
  }
}

const form = new Watching('^a+$');
const after = new Watching('^a+$');

class Body {
  @BoundedText(5) bounded = 'b';
  @Prose(20) prose = 'p';
  @ProseOrBlank(20) optional?: string;
  @ProseOrBlank(20, null) clearable: string | null = 'c';
  @Label(10) label = 'l';
  @Label(10, { each: true }) labels = ['l'];
  @LabelOrBlank(10) subject: string | null = 's';
  @Line(10) line = 'l';
  @FormedText(form, { most: 10, message: 'only a' }) formed = 'a';
  @EmailText() email = 'ann@donors.example';
  @SearchText(10) search = 'q';
  @DayOrInstant() day = '2026-11-29';
  @TimeZoneName() zone = 'Europe/Berlin';
}

const pipe = strictValidation();

async function send(fields: object): Promise<Body> {
  return (await pipe.transform({ ...new Body(), ...fields }, { type: 'body', metatype: Body })) as Body;
}

async function fault(fields: object): Promise<string | undefined> {
  try {
    await send(fields);
    return undefined;
  } catch (error) {
    return (error as DomainError).errors?.map(({ location, type }) => `${location} ${type}`).join();
  }
}

describe('texts of requests', () => {
  test('pass as they are', async () => {
    expect(await send({})).toEqual(new Body());
  });

  test.each([
    ['bounded', 'five5', 'six666', 'isLength'],
    ['bounded', HEART.repeat(5), HEART.repeat(6), 'isLength'],
    ['bounded', 'a', '', 'isLength'],
    ['bounded', '\ufe0f'.repeat(5), '\ufe0f'.repeat(6), 'isLength'],
    ['bounded', 'a', 1, 'isString'],
    ['bounded', 'a', ['a'], 'isString'],
    ['prose', ' a\nb ', ' \u200b ', 'isVisible'],
    ['label', 'Ann', '\u3164', 'isVisible'],
    ['label', 'Ann\nLee', '   ', 'isLength'],
    ['labels', ['a', 'b'], ['a', '\u2800'], 'isVisible'],
    ['labels', [], ['a', 1], 'isString'],
    ['line', 'one line', 'two\nlines', 'matches'],
    ['formed', 'aaa', 'bbb', 'matches'],
    ['email', 'o’neil'.replace('’', "'") + '@donors.example', '"john doe"@donors.example', 'isEmail'],
    ['day', '2026-11-29T01:02:03.004Z', '2026-02-30', 'isIso8601'],
    ['day', '2026-11-29', 'yesterday', 'matches'],
    ['zone', 'UTC', 'Mars/Base', 'isTimeZone'],
  ])('%s takes %j and refuses %j', async (field, good, bad, type) => {
    expect(await fault({ [field]: good })).toBeUndefined();
    expect(await fault({ [field]: bad })).toBe(`${field} ${type}`);
  });

  test('names and addresses are trimmed and composed', async () => {
    const sent = await send({
      label: ' Jose\u0301 ',
      labels: [' cafe\u0301', 'caf\u00e9'],
      subject: ' e\u0301 ',
      email: 'jose\u0301@donors.example ',
      search: 'e\u0301 x ',
    });
    expect(sent).toMatchObject({
      label: 'José',
      labels: ['café'],
      subject: 'é',
      email: 'josé@donors.example',
      search: 'é x ',
    });
  });

  test('what people write in sentences stays as they wrote it', async () => {
    expect((await send({ prose: ' e\u0301 \n' })).prose).toBe(' e\u0301 \n');
  });

  test('a blank text is none where none is allowed', async () => {
    const sent = await send({ optional: ' \u200b', clearable: '\u00ad', subject: '' });
    expect([sent.optional, sent.clearable, sent.subject]).toEqual([undefined, null, null]);
  });

  test('a field is named once, with the first rule that it breaks, and every bad field is named', async () => {
    expect(await fault({ formed: 'b'.repeat(11), label: 7, email: 'x' })).toBe(
      'label isString,formed isLength,email isEmail',
    );
  });
});

describe('a text that is too long', () => {
  test('never meets a pattern', async () => {
    form.met.length = 0;
    const long = `${'a'.repeat(95_000)}\u0001`;
    expect(await fault({ formed: long })).toBe('formed isLength');
    expect(form.met).toEqual([]);
    expect(await fault({ formed: 'aa' })).toBeUndefined();
    expect(form.met).toEqual(['aa']);
  });

  test('is not trimmed or composed first', async () => {
    expect(await fault({ label: ' '.repeat(95_000) })).toBe('label isLength');
    expect(await fault({ labels: ['e\u0301'.repeat(45_000)] })).toBe('labels isLength');
  });

  /** What our decorators are for: class-validator runs a field's rules from the last written to the first. */
  test('meets the pattern where rules stand in the order in which one reads them', async () => {
    class Careless {
      @MaxLength(5) @Matches(after) text = '';
    }
    await expect(
      pipe.transform({ text: 'b'.repeat(100) }, { type: 'body', metatype: Careless }),
    ).rejects.toThrow();
    expect(after.met).toEqual(['b'.repeat(100)]);
  });
});
