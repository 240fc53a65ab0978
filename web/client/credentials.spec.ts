import { describe, expect, it } from '@jest/globals';
import { Credentials } from './credentials.js';

describe('renewing', () => {
  it('uses a token that has come since, instead of asking for another', async () => {
    const asked: unknown[] = [];
    const credentials = new Credentials((refused) => {
      if (refused) asked.push(refused);
      return 'new';
    });
    expect(await credentials.renew('old')).toBe('new');
    expect(asked).toEqual([]);
  });

  it('is asked for once by all who are refused at the same time, and again later', async () => {
    let asked = 0;
    const credentials = new Credentials(async (refused) => (refused ? `renewed ${++asked}` : 'old'));
    expect(await Promise.all([credentials.renew('old'), credentials.renew('old')])).toEqual([
      'renewed 1',
      'renewed 1',
    ]);
    expect(await credentials.renew('old')).toBe('renewed 2');
  });

  it('has nothing for guests, nor when the same token comes back', async () => {
    expect(await new Credentials().renew(undefined)).toBeUndefined();
    expect(await new Credentials(() => 'old').renew('old')).toBeUndefined();
  });

  it('fails when the source does, without remembering it', async () => {
    let failures = 1;
    const credentials = new Credentials((refused) => {
      if (refused && failures-- > 0) throw new Error('network');
      return refused ? 'new' : 'old';
    });
    await expect(credentials.renew('old')).rejects.toThrow('network');
    expect(await credentials.renew('old')).toBe('new');
  });
});
