import { describe, expect, test } from '@jest/globals';
import { SealBroken, SecretBox } from './secret-box.js';

const SECRET = 'Zk3vQ9xT1mPs7LwB4nRy8HcD2fJ6gKaE';
const box = new SecretBox(SECRET, 'calls');

describe('SecretBox', () => {
  test.each(['', 'a', 'Grüße, 世界 🎈', 'x'.repeat(100_000)])('opens what it sealed', (text) => {
    expect(box.open(box.seal(text))).toBe(text);
    expect(box.openBytes(box.sealBytes(text))).toBe(text);
  });

  test('shows nothing of the text, and never seals twice alike', () => {
    const [first, second] = [box.seal('donor@example.org'), box.seal('donor@example.org')];
    expect(first).not.toBe(second);
    expect(Buffer.from(first, 'base64url').toString('latin1')).not.toContain('donor');
  });

  test('opens neither for another purpose nor with another secret', () => {
    const sealed = box.seal('token');
    expect(() => new SecretBox(SECRET, 'answers').open(sealed)).toThrow(SealBroken);
    expect(() => new SecretBox(`${SECRET}x`, 'calls').open(sealed)).toThrow(SealBroken);
    expect(new SecretBox(SECRET, 'calls').open(sealed)).toBe('token');
  });

  test('notices every changed byte, and what is too short', () => {
    const sealed = box.sealBytes('token');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => box.openBytes(changed)).toThrow(SealBroken);
      expect(() => box.openBytes(sealed.subarray(0, index))).toThrow(SealBroken);
    }
  });
});
