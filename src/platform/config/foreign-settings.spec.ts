import { describe, expect, test } from '@jest/globals';
import { readForeignSettings } from './foreign-settings.js';

describe('settings of another support desk', () => {
  test('stand in for ours that are not set, and get a line each', () => {
    const { source, notes } = readForeignSettings({ WEB_SERVER_PORT: '6001', SERVER_MODE: 'PROD' });
    expect(source).toMatchObject({ PORT: '6001', NODE_ENV: 'production' });
    expect(notes).toEqual([
      'WEB_SERVER_PORT is used for PORT. Name it PORT in .env.',
      'SERVER_MODE is used for NODE_ENV. Name it NODE_ENV in .env.',
    ]);
  });

  test('give way to ours', () => {
    const given = { WEB_SERVER_PORT: '6001', PORT: '6002', SERVER_MODE: 'production', NODE_ENV: 'test' };
    const { source, notes } = readForeignSettings(given);
    expect(source).toEqual(given);
    expect(notes).toEqual([
      'WEB_SERVER_PORT is ignored: PORT is set.',
      'SERVER_MODE is ignored: NODE_ENV is set.',
    ]);
  });

  test('that mean nothing here get a line that names ours and holds no value', () => {
    const secret = 'mongodb://user:hunter2@db';
    const { notes } = readForeignSettings({ MONGO_URI: secret, DB_NAME: 'tickets', FCM_SERVER_KEY: secret });
    expect(notes).toEqual([
      expect.stringMatching(/^MONGO_URI is not used\..*DATABASE_URL/),
      expect.stringMatching(/^DB_NAME is not used\..*DATABASE_URL/),
      expect.stringMatching(/^FCM_SERVER_KEY is not used\..*FIREBASE_PROJECT_ID/),
    ]);
    expect(notes.join('')).not.toContain('hunter2');
  });

  test('are silent when there are none', () => {
    expect(readForeignSettings({ PORT: '5005', MONGO_URI: '', WEB_SERVER_PORT: ' ' }).notes).toEqual([]);
  });
});
