import type { Request, Response } from 'express';
import { LOCALES, type Locale } from '../../contract/locales.js';
import { message } from '../i18n/messages.js';
import { escapeHtml } from '../mail/mail-layout.js';
import { directionOf } from '../mail/mail-locale.js';
import { readersLocale } from './read-request.js';

/** The word in an HTML file that stands for what a page says whose own code or words do not come. */
export const LATE_MARK = '__LATE__';

/** Puts those words into a page, in the language of the reader's browser: without its code the page can say nothing itself. */
export function lateWords(isMarked: boolean): (html: string, request: Request, response: Response) => string {
  if (!isMarked) return (html) => html;
  const words = new Map(LOCALES.map((locale) => [locale, htmlOf(locale)]));
  return (html, request, response) => {
    response.vary('Accept-Language');
    return html.replace(LATE_MARK, words.get(readersLocale(request)) ?? '');
  };
}

function htmlOf(locale: Locale): string {
  const say = (key: 'text' | 'reload'): string => escapeHtml(message(locale, `page.late.${key}`));
  return `<main class="late" lang="${locale}" dir="${directionOf(locale)}"><p>${say('text')}</p><p><a href="">${say('reload')}</a></p></main>`;
}
