/** Whose tokens may have lost their power: one donor session's, or some or all of a member of staff's. */
export type IdentityRevoked = { userId: number } | { donorSessionId: string };

declare module '../../platform/events/event-bus.js' {
  interface Facts {
    /** After commit. The holder of a live connection of this identity asks ActorResolver about its token again. */
    'identity.revoked': IdentityRevoked;
  }
}
