/** The app was removed, or the token never was one of this project: forget it. */
export class PushTokenGone extends Error {
  constructor() {
    super('This phone no longer takes our pushes.');
    this.name = 'PushTokenGone';
  }
}

/** This push will never be taken, however often it is tried. */
export class PushRefused extends Error {
  constructor(readonly reason: string) {
    super(`The push was refused: ${reason}.`);
    this.name = 'PushRefused';
  }
}

/** The vendor could not take the push now. Carries no text of the vendor, which may quote tokens. */
export class PushUnavailable extends Error {
  constructor(
    readonly reason: string,
    /** What the vendor asked us to wait. */
    readonly retryAfterSeconds?: number,
    /** False when it is about this push alone. */
    readonly isOutage = true,
  ) {
    super(`Pushes cannot be sent right now: ${reason}.`);
    this.name = 'PushUnavailable';
  }
}
