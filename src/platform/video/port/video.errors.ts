import type { VideoProviderName } from './video-provider.js';

/** Why a vendor did not give us what we asked for. */
export type VendorFailureKind =
  | 'timeout'
  | 'network'
  | 'rate_limited'
  | 'server_error'
  | 'bad_answer'
  | 'key_refused'
  | 'refused'
  | 'paused';

/** One failed try. Carries no text from the vendor or the HTTP client, because that may quote the key. */
export class VendorFailure extends Error {
  constructor(
    readonly kind: VendorFailureKind,
    readonly retryAfterMs?: number,
  ) {
    super(kind);
    this.name = 'VendorFailure';
  }
}

/** The vendor could not serve us within its tries, deadline or open breaker. Try again later; nothing was lost. */
export class VideoUnavailable extends Error {
  constructor(
    readonly provider: VideoProviderName,
    readonly reason: VendorFailureKind,
    readonly retryAfterSeconds?: number,
  ) {
    super(`Calls are not available right now (${provider}: ${reason}).`);
    this.name = 'VideoUnavailable';
  }
}

/** A webhook delivery that must not be believed. */
export class VideoWebhookRejected extends Error {
  constructor(readonly reason: 'not_configured' | 'unsigned' | 'bad_signature' | 'stale' | 'malformed') {
    super(`Webhook rejected: ${reason}.`);
    this.name = 'VideoWebhookRejected';
  }
}

/** A call token that is forged, expired or made for something else. */
export class VideoTokenRejected extends Error {
  constructor() {
    super('This call link is not valid any more.');
    this.name = 'VideoTokenRejected';
  }
}
