import { describe, expect, it } from '@jest/globals';
import { layOut } from './mail-layout.js';
import { LOCALES } from '../../contract/locales.js';
import { mailLocale } from './mail-locale.js';
import { magicLinkMail } from './magic-link-mail.js';

describe('a mail', () => {
  const hostile = '<script>alert("1")</script> & \'more\'';
  const { subject, text, html } = layOut('en', {
    subject: `Hello\r\nBcc: all@donors.example ${hostile}`,
    parts: [
      hostile,
      { by: hostile, quote: `${hostile}\nsecond` },
      { button: 'Open', link: 'https://desk.example/?a=1&b="2"' },
    ],
    footer: ['small print'],
  });

  it('shows what people wrote as text, and does nothing with it', () => {
    expect(html).not.toContain('<script>');
    expect(html).toContain(
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;<br>second',
    );
    expect(html).toContain('href="https://desk.example/?a=1&amp;b=&quot;2&quot;"');
  });

  it('says the same in plain text', () => {
    expect(text).toContain(`> ${hostile}\n> second`);
    expect(text).toContain('Open:\nhttps://desk.example/');
    expect(text).toContain('small print');
  });

  it('has a subject of one line', () => {
    expect(subject).toBe(`Hello Bcc: all@donors.example ${hostile}`);
  });
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

  it.each(LOCALES)('%s has a mail that signs in, in its direction', (locale) => {
    const link = 'https://desk.example/resume#abc';
    const { subject, text, html } = magicLinkMail(locale, link, 15);
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain(`href="${link}"`);
    expect(text).toContain(link);
    expect(text).toContain('15');
    expect(subject).toMatch(/\S/);
  });
});
