import type { Config } from './config.js';

/** The desk as people reach it. Behind a proxy that strips a path, such as /desk, requests come without that path. */
export type PublicDesk = Pick<Config, 'publicUrl'>;

/** The full address of a path of ours, such as `/dashboard`, for emails, vendors and other servers. */
export const publicUrl = ({ publicUrl: base }: PublicDesk, path: `/${string}`): string => base + path;

/** The same without the origin, for redirects, cookies and links in answers: it holds under every host name. */
export const publicPath = (desk: PublicDesk, path: `/${string}` | ''): string =>
  new URL(desk.publicUrl).pathname.replace(/\/$/, '') + path;

/** Scheme, host and port, as browsers send them in `Origin`. */
export const publicOrigin = (desk: PublicDesk): string => new URL(desk.publicUrl).origin;

/** The host name alone, as in the ids of emails. */
export const publicHost = (desk: PublicDesk): string => new URL(desk.publicUrl).hostname;

/** Whether browsers reach the desk by https. */
export const isSecure = (desk: PublicDesk): boolean => desk.publicUrl.startsWith('https://');
