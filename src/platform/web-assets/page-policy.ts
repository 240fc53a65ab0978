import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.js';
import { publicOrigin } from '../config/public-address.js';
import { permissions } from '../http/security/security-headers.js';

/** The word in an HTML file that stands for the path we are below: empty, or such as /desk. */
export const BASE_MARK = '__BASE__';
/** The word in an HTML file that each answer replaces by a fresh nonce. */
export const NONCE_MARK = '__CSP_NONCE__';

export const newNonce = (): string => randomBytes(16).toString('base64');

/** Vendors' calls run in their own frames; without a vendor nothing outside is allowed. */
function callFrames({ video }: Config): string[] {
  return [
    ...(video.dailyApiKey === undefined ? [] : ['https://*.daily.co']),
    ...(video.videosdkApiKey === undefined ? [] : ['https://embed.videosdk.live']),
  ];
}

/**
 * The Permissions-Policy of the desk's pages: a call needs the camera and the microphone, on the page or in the vendor's frame,
 * which may also share a screen. Every other answer allows neither (security-headers.ts).
 */
export function callPermissions(config: Config): string {
  const callers = ['self', ...callFrames(config).map((origin) => `"${origin}"`)].join(' ');
  return permissions(`(${callers})`);
}

/**
 * The Content-Security-Policy of the desk's pages: scripts and connections from this origin alone, no inline script, inline
 * styles only with the page's nonce.
 */
export function pagePolicy(config: Config, nonce?: string): string {
  const styles = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`;
  const socket = publicOrigin(config).replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' ${socket}`,
    `frame-src ${callFrames(config).join(' ') || "'none'"}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
