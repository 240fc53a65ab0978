import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import type { Config } from '../config/config.js';
import { publicPath } from '../config/public-address.js';
import { DeskProfile } from '../desk-profile/desk-profile.js';
import { AllowedOrigins } from '../http/security/allowed-origins.js';
import { FileStorage } from '../storage/file-storage.js';
import { colouredLoader } from './coloured-loader.js';
import { demoPage } from './demo-page.js';
import { deskPage } from './desk-page.js';
import { missingPage } from './missing-page.js';
import { BASE_MARK, callPermissions, newNonce, NONCE_MARK, pagePolicy } from './page-policy.js';
import { Installable } from './installable.js';
import { LATE_MARK, lateWords } from './late-words.js';
import { isRead } from './read-request.js';
import { filesOf, hashedFiles } from './static-files.js';
import { faceFolder } from './web-root.js';

const LOADER_S = 300;

/** One HTML file with this page's policy, made by `dress`. It is never kept, so a new version shows at the next load. */
function page(
  file: string,
  config: Config,
  desk: DeskProfile,
  dress: typeof demoPage = deskPage,
): RequestHandler {
  const html = readFileSync(file, 'utf8').replaceAll(BASE_MARK, publicPath(config, ''));
  const inItsName = dress(html, desk, config);
  const allowed = callPermissions(config);
  const late = lateWords(html.includes(LATE_MARK));
  return (request, response) => {
    const nonce = newNonce();
    response.set({
      'Content-Security-Policy': pagePolicy(config, nonce),
      'Permissions-Policy': allowed,
      'Cache-Control': 'no-cache',
    });
    if (dress !== deskPage) response.vary('Accept-Language');
    response.type('html').send(late(inItsName(request), request, response).replaceAll(NONCE_MARK, nonce));
  };
}

/** Any site may load the widget: its files are public and carry no cookies. */
const forAnySite: RequestHandler = (_request, response, next) => {
  response.removeHeader('Access-Control-Allow-Credentials');
  response.set('Access-Control-Allow-Origin', '*');
  next();
};

/** Tells the widget whether the page it is on may use the desk: the browser does not say why it keeps an answer back. */
function tellOrigin(origins: AllowedOrigins): RequestHandler {
  return ({ headers: { origin } }, response) => {
    const allowed = origin === undefined || origins.has(origin);
    response.set('Cache-Control', 'no-store').json({ allowed });
  };
}

/**
 * Serves the two faces: the dashboard at /dashboard, the widget's loader at /widget.js and its chunks at /widget, the demo
 * page at /demo, the page that links by mail lead to at /conversations and the standalone call page at /call/:roomName. Faces that were not built are left out.
 * At other addresses, people who read pages get one that says so.
 */
export function serveWeb(app: NestExpressApplication, config: Config): void {
  const desk = app.get(DeskProfile);
  const dashboard = faceFolder('dashboard');
  if (dashboard !== undefined) {
    app.use('/dashboard/assets', hashedFiles(join(dashboard, 'assets')));
    app.use('/dashboard', new Installable(dashboard, config, desk, app.get(FileStorage)).handler);
    app.use('/dashboard', onlyPages(page(join(dashboard, 'index.html'), config, desk)));
    app.use(
      '/',
      onlyRoot((_request, response) => response.redirect(302, publicPath(config, '/dashboard'))),
    );
  }
  const widget = faceFolder('widget');
  if (widget !== undefined) {
    const loader = filesOf(widget, { maxAge: LOADER_S });
    app.use('/widget/assets', forAnySite, hashedFiles(join(widget, 'assets')));
    app.use('/widget/origin', forAnySite, onlyRoot(tellOrigin(app.get(AllowedOrigins))));
    app.use('/widget.js', forAnySite, colouredLoader(join(widget, 'widget.js'), desk, LOADER_S), ((
      request,
      response,
      next,
    ) => {
      request.url = '/widget.js';
      void loader(request, response, next);
    }) as RequestHandler);
    app.use('/call/', onlyPages(page(join(widget, 'call.html'), config, desk)));
  }
  const conversations = faceFolder('conversations');
  if (conversations !== undefined && widget !== undefined)
    app.use('/conversations', onlyRoot(page(join(conversations, 'index.html'), config, desk)));
  const demo = faceFolder('demo');
  if (demo !== undefined && widget !== undefined) serveDemo(app, config, demo);
  app.use(missingPage(config, desk));
}

function serveDemo(app: NestExpressApplication, config: Config, folder: string): void {
  const desk = app.get(DeskProfile);
  app.use('/demo', onlyRoot(page(join(folder, 'index.html'), config, desk, demoPage)));
  app.use('/demo', filesOf(folder, { maxAge: LOADER_S }));
}

/** For every path below, as a single-page application needs it; a missing file keeps being missing. */
function onlyPages(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const isFile = /\.[a-z0-9]+$/i.test(request.path) || request.path.startsWith('/assets/');
    if (!isRead(request) || isFile) next();
    else handler(request, response, next);
  };
}

function onlyRoot(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (isRead(request) && request.path === '/') handler(request, response, next);
    else next();
  };
}
