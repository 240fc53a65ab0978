import { describe, expect, it, test } from '@jest/globals';
import { linkParts } from './links.js';

const hrefsOf = (text: string) => linkParts(text).flatMap(({ href }) => href ?? []);

describe('links in what people write', () => {
  it.each([
    ['See https://example.org/a?b=1#c.', ['https://example.org/a?b=1#c']],
    [
      '(https://example.org/wiki/Box_(toy)), or http://example.org!',
      ['https://example.org/wiki/Box_(toy)', 'http://example.org/'],
    ],
    ['HTTPS://EXAMPLE.ORG', ['https://example.org/']],
    ['https://münchen.example/größe', ['https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe']],
    ['见https://example.org/收据。', ['https://example.org/%E6%94%B6%E6%8D%AE']],
    ['write to ana.nunez+desk@example.org, please', ['mailto:ana.nunez+desk@example.org']],
    ['mailto:help@example.org?subject=Hi', ['mailto:help@example.org?subject=Hi']],
    ['Call +49 (30) 123-4567 or tel:+4930123.', ['tel:+49301234567', 'tel:+4930123']],
  ])('%p', (text, hrefs) => {
    expect(hrefsOf(text)).toEqual(hrefs);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://',
    'http://[',
    'mailto:',
    'two@ signs',
    '1 + 2',
    '2026-11-30',
    'ticket TKT-20261130-00007',
  ])('none in %p', (text) => {
    expect(linkParts(text)).toEqual([{ text }]);
  });

  test('end where a mark of direction could disguise them', () => {
    expect(linkParts('https://example.org/\u202egnp.exe')).toEqual([
      { text: 'https://example.org/', href: 'https://example.org/' },
      { text: '\u202egnp.exe' },
    ]);
  });

  test('leave every character where it was', () => {
    const text = 'a https://x.example, b@c.example (+44 20 1234567)\n\nend';
    expect(
      linkParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
    expect(linkParts('')).toEqual([]);
  });

  test('are found in one walk through the longest message', () => {
    for (const piece of ['a', 'a@', '+1', 'https://', '.', '(', '+1 '])
      expect(linkParts(piece.repeat(10_000)).length).toBeGreaterThan(0);
  });
});
