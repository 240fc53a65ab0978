import type { Device } from './device.js';

/** The words about where people are signed in, loaded with the pages that show it. */
export const words = {
  title: 'Where you are signed in',
  theirTitle: (name: string) => `Where ${name} is signed in`,
  intro: 'End what you do not recognize, then change your password.',
  failed: 'Where you are signed in could not be loaded.',
  theirFailed: (name: string) => `Where ${name} is signed in could not be loaded.`,
  none: (name: string) => `${name} is not signed in anywhere.`,
  nothingHere: 'A trusted backend lets you in. It knows where you are signed in.',
  device: ({ browser, system }: Device) => {
    if (browser !== undefined && system !== undefined) return `${browser} on ${system}`;
    return browser ?? system ?? 'Unknown device';
  },
  here: 'This device',
  noAddress: 'Unknown address',
  withSecondFactor: 'With second factor',
  lastUsed: (when: string) => `Last used ${when}`,
  signedIn: (when: string) => `Signed in: ${when}`,
  more: (count: number) => `Show all ${count}`,
  end: 'End',
  endOf: (device: string) => `End ${device}`,
  endTitle: (device: string) => `Sign out ${device}`,
  signOut: 'Sign out',
  confirmOwn: 'It is signed out at once. If you do not recognize it, change your password as well.',
  confirmHere: 'You are signed out here and need your password to come back.',
  confirmTheirs: (name: string) =>
    `${name} is signed out there at once and can sign in again. If somebody else has the password, give a new one as well.`,
  ended: (device: string) => `${device} is signed out.`,
  others: 'Sign out everywhere else',
  confirmOthers: 'Everything but this device is signed out at once.',
  othersEnded: 'Everywhere else you are signed out.',
} as const;
