/** This mail will never be taken, however often it is tried. Quotes nothing of the mail. */
export class MailRefused extends Error {
  constructor(readonly reason: string) {
    super(`The mail was refused: ${reason}.`);
    this.name = 'MailRefused';
  }
}

/** The mail server could not take the mail now. Carries no text of the server, which may quote addresses or secrets. */
export class MailUnavailable extends Error {
  constructor(
    readonly reason: string,
    /** False when the server has answered, and asks us to send this mail later. */
    readonly isOutage = true,
  ) {
    super(`Mail cannot be sent right now: ${reason}.`);
    this.name = 'MailUnavailable';
  }
}
