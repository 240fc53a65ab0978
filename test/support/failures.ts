import type { Page, Route } from 'playwright-core';

/** What the API says in these tests: a page of another language must not show it. */
const SENTENCE = 'A wombat stands in the way.';

/** An answer of our server. */
const refused = (status: number, error: string) => (route: Route) =>
  route.fulfill({
    status,
    headers: { 'access-control-allow-origin': '*', 'retry-after': '0' },
    json: { success: false, statusCode: status, error, message: SENTENCE, path: '/x', requestId: 'r-1' },
  });

/** An answer of what stands before it. */
const refusedByProxy = (status: number, reason: string) => (route: Route) =>
  route.fulfill({
    status,
    headers: { 'access-control-allow-origin': '*' },
    contentType: 'text/html',
    body: `<html><h1>${status} ${reason}</h1><hr>nginx</html>`,
  });

/** Ways in which requests fail. */
export const FAILURES = {
  'the server is down': (route: Route) => route.abort('connectionrefused'),
  'the proxy has no server': refusedByProxy(502, 'Bad Gateway'),
  'the server fails': refused(500, 'INTERNAL_SERVER_ERROR'),
  'it is forbidden': refused(403, 'FORBIDDEN'),
  'it is missing': refused(404, 'NOT_FOUND'),
  'it has changed': refused(409, 'CONFLICT'),
  'it is too large': refusedByProxy(413, 'Request Entity Too Large'),
  'it is too much': refused(429, 'RATELIMIT'),
} as const;

/** What no page shows: codes, numbers of HTTP, JSON, markup, addresses, and words of engines. */
const MACHINE =
  /Failed to fetch|NetworkError|Load failed|dynamically imported|\w*Error:|\bundefined\b|\bnull\b|\[object|Bad Gateway|nginx|\b(?:4[01]\d|429|50\d)\b|\b[A-Z]{2,}_[A-Z_]+\b|\b(?:FORBIDDEN|CONFLICT|RATELIMIT|OFFLINE|TIMEOUT|GONE)\b|[{}]|<\/?\w+>|https?:\/\/(?:127|localhost)|\.js\b/;

/** What people are told to do. */
const NEXT: Readonly<Record<string, RegExp>> = {
  en: /again|reload|check|wait|ask|less/i,
  de: /erneut|neu|prüfen|warten|fragen|noch einmal|weniger/i,
  ar: /مجدد|أعد|تحقق|انتظر|اسأل|حاول|أقل/,
};

/** All that can be read or heard on a page, open shadow roots included. */
const WORDS = `(() => {
  const words = [];
  const visit = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) visit(node.shadowRoot);
      const near = node.nodeType === 3 ? node.parentElement : node;
      if (near && (near.closest('script, style, template, code') || !near.checkVisibility())) continue;
      if (node.nodeType === 3) words.push(node.data);
      else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) words.push(node.getAttribute(name) ?? '');
    }
  };
  visit(document.body);
  return words.map((word) => word.trim()).filter(Boolean);
})()`;

/** What stands on this page that people do not understand: machine's words, and a sentence of the API in another language. */
export async function riddlesOn(page: Page, locale: string): Promise<string[]> {
  const words = await page.evaluate<string[]>(WORDS);
  return words.filter((word) => MACHINE.test(word) || (locale !== 'en' && word.includes(SENTENCE)));
}

/** The notices that are an alert and say nothing of what to do. */
export async function idleAlertsOn(page: Page, locale: string): Promise<string[]> {
  const alerts = await page.locator('[role=alert]:visible').allInnerTexts();
  return alerts.filter(
    (alert) => alert.trim() !== '' && !NEXT[locale]?.test(alert) && !alert.includes(SENTENCE),
  );
}
