import type { Config } from '../config/config.js';
import { publicUrl, type PublicDesk } from '../config/public-address.js';
import { describeDatabase } from '../database/wait-for-database.js';
import { PRODUCT_VERSION } from '../health/product-version.js';
import { chosenProvider } from '../video/video-provider.factory.js';
import { faceFolder } from '../web-assets/web-root.js';

interface Account {
  username: string;
  password?: string;
}

/** What somebody who has just started Concierge for the first time needs to know, line by line. */
export function welcome(config: Config, accounts: Account[]): string[] {
  return [
    '',
    `Concierge is ready: ${config.publicUrl}`,
    '',
    ...pages(config),
    `  API            ${publicUrl(config, '/api/v1')}`,
    `  Documentation  ${publicUrl(config, '/api/docs')}`,
    `  Health         ${publicUrl(config, '/health')}`,
    ...passwords(accounts),
    ...missing(config).map((line, index) => (index === 0 ? `\nNot configured:\n  ${line}` : `  ${line}`)),
    '',
  ];
}

/** The one line that a start in production writes: version, address, database. Holds no secret. */
export function startLine({ port, publicUrl: base, role, database, dataDir }: Config): string {
  const where = database.url === undefined ? `embedded, in ${dataDir}` : describeDatabase(database.url);
  return `Concierge ${PRODUCT_VERSION} listens on port ${port} for ${base} (ROLE=${role}, database: ${where}).`;
}

/** The faces, as far as they were built. */
function pages(desk: PublicDesk): string[] {
  return [
    ...(faceFolder('dashboard') === undefined ? [] : [`  Dashboard      ${publicUrl(desk, '/dashboard')}`]),
    ...(faceFolder('widget') === undefined ? [] : [`  Demo page      ${publicUrl(desk, '/demo')}`]),
  ];
}

/** The passwords that were made up on this first start, for the terminal: the only time that anybody sees them. */
export function passwords(accounts: Account[]): string[] {
  const made = accounts.filter((account) => account.password !== undefined);
  if (made.length === 0) return [];
  const lines = made.map(({ username, password }) => `  ${username.padEnd(13)}  ${password}`);
  return ['', 'Sign in with (shown only now, keep them):', ...lines];
}

function missing(config: Config): string[] {
  const direct = chosenProvider(config.video) === 'direct';
  return [
    ...(config.database.url === undefined
      ? [`Database (DATABASE_URL): the embedded PostgreSQL runs in ${config.dataDir}.`]
      : []),
    ...(direct
      ? [
          'Daily (DAILY_API_KEY), VideoSDK (VIDEOSDK_API_KEY): people are connected directly, browser to browser.',
        ]
      : []),
    ...(config.mail.smtpUrl === undefined || config.mail.from === undefined
      ? ['Mail (SMTP_URL, MAIL_FROM): nobody gets a mail; donors find answers in the chat.']
      : []),
    ...(config.push.projectId === undefined
      ? ['Push (FIREBASE_PROJECT_ID …): phones stay silent; open dashboards ring.']
      : []),
    ...(config.redisUrl === undefined
      ? ['Redis (REDIS_URL): one process serves everybody; a second would need it.']
      : []),
    ...(config.donorAccess === 'open'
      ? ['DONOR_ACCESS=open: anybody who guesses a donorId can list that donor’s tickets.']
      : []),
  ];
}
