/** One push to one phone or browser. */
export interface Push {
  /** The FCM registration token. */
  token: string;
  title: string;
  body: string;
  /** What the app needs to open the right place; texts only. */
  data: Record<string, string>;
  /** The same for every try of the same push: a phone that gets it twice shows it once. At most 64 characters. */
  tag: string;
  /** Rings through a phone that sleeps. */
  urgent?: boolean;
}

/** The port to the service that reaches phones. */
export abstract class Pusher {
  abstract readonly isConfigured: boolean;

  /**
   * Hands one push to the vendor. Throws PushTokenGone when the token will never work again, PushRefused when trying again
   * is useless, and PushUnavailable when it is not.
   */
  abstract send(push: Push): Promise<void>;

  /** Signs in and has a push looked at, without sending any. Throws when pushes would not go out now. */
  abstract check(): Promise<void>;
}
