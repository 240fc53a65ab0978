import type { Profile } from '../../platform/desk-profile/desk-profile.js';

declare module '../../platform/events/event-bus.js' {
  interface Facts {
    /** This process has learned of a change of the desk's settings, its own or another process's. */
    'desk.changed': Profile;
  }
}
