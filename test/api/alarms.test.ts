import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { documentedAlarms, fires, select, selectorsOf, type AlarmRule } from '../support/alarm-rules.js';
import { httpRequest } from '../support/http.js';

let desk: TestApp;
let rules: AlarmRule[];
beforeAll(async () => {
  // The smallest pool: the scrape itself must not look like callers who wait.
  desk = await startApp();
  rules = await documentedAlarms();
});
afterAll(() => desk.close());

const scrape = async (url = desk.url): Promise<string> => (await httpRequest(`${url}/metrics`)).text();

const firing = (before: string, after: string): string[] =>
  rules.filter((rule) => fires(rule, before, after)).map(({ alert }) => alert);

/** `text` with every value of a figure replaced. */
const changed = (text: string, figure: string, value: number): string =>
  text.replaceAll(new RegExp(`^(${figure}(?:\\{.*\\})?) .*$`, 'gm'), `$1 ${value}`);

describe('the alarms of docs/operations.md', () => {
  test('name figures that the desk has', async () => {
    await scrape();
    const text = await scrape();
    expect(rules.length).toBeGreaterThan(5);
    const unknown = rules
      .flatMap(({ expr }) => selectorsOf(expr))
      .filter((selector) => !selector.includes('5..') && select(selector, text).length === 0);
    expect(unknown).toEqual([]);
  });

  test('are silent on an idle desk, at each of its scrapes', async () => {
    const texts = [await scrape(), await scrape(), await scrape()];
    const pairs = [texts.slice(0, 2), texts.slice(1)] as [string, string][];
    expect(pairs.map(([before, after]) => firing(before, after))).toEqual([[], []]);
  });

  test.each([
    ['concierge_dead_letters', 1, 'ConciergeGaveJobsUp'],
    ['concierge_job_lag_seconds', 61, 'ConciergeJobsAreLate'],
    ['concierge_outbox_events', 1, 'ConciergeOutboxIsStuck'],
    ['concierge_database_connections', 1, 'ConciergeLacksConnections'],
    ['concierge_video_status', 0, 'ConciergeCallsFail'],
    ['concierge_tickets', 51, 'ConciergeTicketsWait'],
  ])('ring when %s is %d', async (figure, value, alert) => {
    const text = await scrape();
    expect(firing(text, changed(text, figure, value))).toEqual([alert]);
  });

  test('ring when requests fail or are slow, and when nobody runs jobs', async () => {
    const text = await scrape();
    const count = 'concierge_http_request_duration_seconds_count';
    const failed = `${text}\n${count}{method="GET",route="/x",status="500"} 40`;
    expect(firing(text, failed)).toEqual(['ConciergeFails', 'ConciergeIsSlow']);
    const without = text.replaceAll(/^concierge_job_lag_seconds .*$/gm, '');
    expect(firing(text, without)).toEqual(['ConciergeRunsNoJobs']);
  });
});

describe('figures about the whole desk', () => {
  const DESK_WIDE = [
    'concierge_tickets',
    'concierge_jobs',
    'concierge_job_lag_seconds',
    'concierge_dead_letters',
    'concierge_outbox_events',
  ];
  const told = (text: string) => DESK_WIDE.filter((name) => select(name, text).length > 0);

  test('come from processes that run jobs, not from ROLE=web', async () => {
    expect(told(await scrape())).toEqual(DESK_WIDE);
    const web = await startApp({ role: 'web' });
    const text = await scrape(web.url);
    await web.close();
    expect([told(text), select('concierge_sockets_connected', text)[0]?.value]).toEqual([[], 0]);
  });

  test('cost connections only after those have been counted', async () => {
    const narrow = await startApp({ database: { url: desk.database.url, pool: 2 } });
    await narrow.app.get(Jobs).deadLetters();
    const waiting = [await scrape(narrow.url), await scrape(narrow.url)].map(
      (text) => select('concierge_database_connections{state="waiting"}', text)[0]?.value,
    );
    await narrow.close();
    expect(waiting).toEqual([0, 0]);
  });
});
