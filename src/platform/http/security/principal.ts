/** Who is asking, as far as technology needs to know: whose limits and whose idempotency keys these are. */
export interface Principal {
  kind: 'staff' | 'donor' | 'link' | 'system';
  /** Unique and stable for this identity, e.g. `u:7`, `d:<session>`, `ip:203.0.113.4`. */
  key: string;
  /** Set where a trusted backend vouches for them. */
  delegated?: object;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the actor guard before throttling, idempotency and the controller run. */
    principal?: Principal;
    /** Set by the request-id middleware. */
    requestId: string;
  }
}
