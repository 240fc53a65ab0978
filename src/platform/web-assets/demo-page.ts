import type { Request } from 'express';
import type demo from '../../../web/i18n/en/server/demo.json';
import { LOCALES, type Locale } from '../../contract/locales.js';
import type { Config } from '../config/config.js';
import type { DeskProfile } from '../desk-profile/desk-profile.js';
import { message } from '../i18n/messages.js';
import { escapeHtml } from '../mail/mail-layout.js';
import { directionOf } from '../mail/mail-locale.js';
import { deskPage, NAME_MARK } from './desk-page.js';
import { readersLocale } from './read-request.js';

/** What stands in the file for one of its texts, such as `{{hero.title}}`. */
const TEXT_MARK = /\{\{([\w.]+)\}\}/g;
const LANGUAGE = '<html lang="en">';

/** The demo page in the language that `?lang=` names, or in that of the reader's browser. The widget on it follows the page. */
export function demoPage(html: string, desk: DeskProfile, config: Config): (request: Request) => string {
  const pages = new Map(LOCALES.map((locale) => [locale, deskPage(spoken(html, locale), desk, config)]));
  return (request) => {
    const locale = LOCALES.find((known) => known === request.query['lang']) ?? readersLocale(request);
    return pages.get(locale)?.() ?? '';
  };
}

function spoken(html: string, locale: Locale): string {
  // The thanks are filled in by the page.
  const values = { desk: NAME_MARK, name: '{name}', amount: '{amount}' };
  return html
    .replace(LANGUAGE, `<html lang="${locale}" dir="${directionOf(locale)}">`)
    .replace(TEXT_MARK, (_mark, key: keyof typeof demo) =>
      escapeHtml(message(locale, `demo.${key}`, values)),
    );
}
