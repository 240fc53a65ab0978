import type { RequestHandler } from 'express';
import { LOCALES, type Locale } from '../../contract/locales.js';
import type { Config } from '../config/config.js';
import { publicPath } from '../config/public-address.js';
import type { DeskProfile } from '../desk-profile/desk-profile.js';
import { message } from '../i18n/messages.js';
import { escapeHtml } from '../mail/mail-layout.js';
import { directionOf } from '../mail/mail-locale.js';
import { deskPage } from './desk-page.js';
import { newNonce, NONCE_MARK, pagePolicy } from './page-policy.js';
import { isRead, readersLocale } from './read-request.js';

/** What programs ask for, and the faces' own files: they get an error that programs read. */
const NO_PAGE = /^\/(api|health|metrics|socket\.io|dashboard\/assets|widget)(\/|$)|\.[a-z0-9]+$/i;

const STYLE = `
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 18px/1.6 system-ui, sans-serif;
         color: light-dark(#2b2620, #f3ede4); background: light-dark(#f6f1ea, #1d1a17) }
  main { max-width: 32em; padding: 24px; text-align: center }
  h1 { margin: 0; font-size: 28px }
  a { color: inherit }`;

/** Tells people, in the language of their browser, that there is no page at an address; programs get what the routes answer. */
export function missingPage(config: Config, desk: DeskProfile): RequestHandler {
  const pages = new Map(LOCALES.map((locale) => [locale, deskPage(htmlOf(locale, config), desk, config)]));
  return (request, response, next) => {
    if (!isRead(request) || NO_PAGE.test(request.path) || request.accepts(['json', 'html']) !== 'html') {
      next();
      return;
    }
    const locale = readersLocale(request);
    const nonce = newNonce();
    response.status(404).set({
      'Content-Security-Policy': pagePolicy(config, nonce),
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language',
    });
    response.type('html').send(pages.get(locale)?.().replaceAll(NONCE_MARK, nonce));
  };
}

function htmlOf(locale: Locale, config: Config): string {
  const say = (key: 'title' | 'text' | 'staff'): string => escapeHtml(message(locale, `page.missing.${key}`));
  const dashboard = escapeHtml(publicPath(config, '/dashboard'));
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Concierge</title>
    <link rel="icon" href="data:," />
    <style nonce="${NONCE_MARK}">${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${say('title')}</h1>
      <p>${say('text')}</p>
      <p><a href="${dashboard}">${say('staff')}</a></p>
    </main>
  </body>
</html>
`;
}
