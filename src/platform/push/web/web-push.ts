/** Where a browser takes pushes, as its `PushSubscription` says. */
export interface Subscription {
  endpoint: string;
  /** Its public key and its secret, base64url: nobody in between reads what is encrypted for them. */
  p256dh: string;
  auth: string;
}

/** What the service worker of the dashboard is told; texts are in their reader's language. */
export interface WebPushContent {
  title: string;
  body: string;
  /** A notification replaces the one before that has its tag. */
  tag: string;
  /** The same for every try of the same push, and for what an open page shows of it. */
  key: string;
  kind: string;
  ticketId: string;
  /** Rings until then, in ms since 1970; what comes later does not ring. */
  ringsUntil?: number;
}

export interface WebPush {
  content: WebPushContent;
  /** Seconds that the push service keeps it for a browser that is unavailable. */
  ttl: number;
  /** Wakes a device that sleeps. */
  urgent: boolean;
}
