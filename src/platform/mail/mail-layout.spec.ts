import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '../../contract/locales.js';
import { magicLinkMail } from './magic-link-mail.js';
import { mailHtml } from './mail-html.js';
import { layOut, type Letter } from './mail-layout.js';
import { mailLocale } from './mail-locale.js';
import { mailText } from './mail-text.js';

const PLAIN = { name: null, colour: null, logoUrl: null };

describe('an email', () => {
  const hostile = '<script>alert("1")</script> & \'more\'';
  const letter = layOut('en', {
    subject: `Hello\r\nBcc: all@donors.example ${hostile}`,
    parts: [
      hostile,
      { heading: hostile },
      { by: hostile, at: hostile, quote: `${hostile}\nsecond` },
      { button: 'Open', link: 'https://desk.example/?a=1&b="2"' },
    ],
    footer: ['small print', { button: 'No more', link: 'https://desk.example/stop' }],
  });
  const looks = { name: hostile, colour: '#7a1f5c', logoUrl: `https://desk.example/${hostile}` };

  it('shows what people wrote as text, and does nothing with it', () => {
    for (const html of [mailHtml(letter, PLAIN), mailHtml(letter, looks)]) {
      expect(html).not.toMatch(/<script|"1"/);
      expect(html).toContain(
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;<br>second',
      );
      expect(html).toContain('href="https://desk.example/?a=1&amp;b=&quot;2&quot;"');
    }
  });

  it('says the same in plain text', () => {
    expect(mailText(letter, 'Wells & Water')).toBe(
      [
        `${hostile}\n\n* ${hostile}\n\n${hostile} · ${hostile}\n> ${hostile}\n> second\n`,
        'Open:\nhttps://desk.example/?a=1&b="2"\n',
        '-- \nWells & Water\n\nsmall print\n\nNo more:\nhttps://desk.example/stop\n',
      ].join('\n'),
    );
    expect(mailText({ ...letter, parts: ['Hello'], footer: [] }, null)).toBe('Hello\n');
  });

  it('has a subject of one line', () => {
    expect(letter.subject).toBe(`Hello Bcc: all@donors.example ${hostile}`);
  });

  it('shows the logo by its name, or the name where there is none, and nothing of a desk without both', () => {
    const name = 'Wells & Water';
    expect(mailHtml(letter, { ...PLAIN, name })).toContain('<bdi>Wells &amp; Water</bdi></div>');
    const withLogo = mailHtml(letter, { ...PLAIN, name, logoUrl: 'https://desk.example/l.webp' });
    expect(withLogo).toContain('<img src="https://desk.example/l.webp" alt="Wells &amp; Water"');
    expect(withLogo).not.toContain('<bdi>Wells &amp; Water</bdi></div>');
    expect(mailHtml(letter, PLAIN)).not.toMatch(/<img|class="desk"/);
  });

  it('has no tables, loads nothing but the logo, and runs nothing', () => {
    const html = mailHtml(letter, { ...looks, logoUrl: null });
    expect(html).not.toMatch(/<(?:table|img|link|script|iframe|form)\b|url\(|@import|\son\w+=/i);
  });

  it('previews its first words, or those that it names, and no more than fits', () => {
    const previewOf = (draft: Partial<Letter>) =>
      mailHtml({ ...letter, ...draft }, PLAIN)
        .split(' &#8199;')[0]
        ?.split('>')
        .at(-1);
    expect(
      previewOf({ parts: [{ button: 'Open', link: 'https://x.example' }, 'First\nwords', 'More'] }),
    ).toBe('First words');
    expect(previewOf({ preview: 'Named' })).toBe('Named');
    expect(previewOf({ preview: '😀'.repeat(400) })).toBe('😀'.repeat(140));
  });
});

describe('the colour of the desk', () => {
  const letter = layOut('en', {
    subject: 'x',
    parts: [
      { by: 'Ada', quote: 'Hello' },
      { button: 'Open', link: 'https://x.example' },
    ],
  });
  const channels = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((share) =>
      share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  it.each([null, '#7a1f5c', '#ffd400', '#000000', '#ffffff', '#808080', '#0000ff', '#00ff00'])(
    '%s reads in light and in dark',
    (colour) => {
      const html = mailHtml(letter, { ...PLAIN, name: 'Wells', colour });
      const [, ground = '', text = ''] = /class="button"[^>]*background:(#\w{6});color:(#\w{6})/.exec(html)!;
      const [, darkGround = '', darkText = ''] =
        /\.button\{background:(#\w{6})!important;color:(#\w{6})/.exec(html)!;
      expect(ground).toBe(colour ?? '#1f6f5c');
      expect(contrast(ground, text)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(darkGround, darkText)).toBeGreaterThanOrEqual(4.5);
      const [, edge = ''] = /class="quote"[^>]*border-left:4px solid (#\w{6})/.exec(html)!;
      expect(contrast(edge, '#ffffff')).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('languages', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['AR_eg', 'ar'],
    ['nl', 'en'],
    [undefined, 'en'],
    [{ toString: 'de' }, 'en'],
  ])('for %j is %s', (tag, locale) => {
    expect(mailLocale(tag)).toBe(locale);
  });

  it.each(LOCALES)('%s has an email that signs in, in its direction', (locale) => {
    const link = 'https://desk.example/resume#abc';
    const letter = magicLinkMail(locale, link, 15);
    const [text, html] = [mailText(letter, null), mailHtml(letter, PLAIN)];
    const direction = locale === 'ar' ? 'rtl' : 'ltr';
    expect(html).toContain(`<html lang="${locale}" dir="${direction}">`);
    expect(html).toContain(`lang="${locale}" dir="${direction}" style=`);
    expect(html).toContain(`href="${link}"`);
    expect(text).toContain(link);
    expect(text).toContain('15');
    expect(letter.subject).toMatch(/\S/);
  });
});
