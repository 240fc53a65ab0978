import { VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config/config.js';
import { bodyDeadline } from './platform/http/security/body-deadline.middleware.js';
import { readClientAddress } from './platform/http/security/client-address.js';
import { AllowedOrigins } from './platform/http/security/allowed-origins.js';
import { corsOptions } from './platform/http/security/cors.js';
import { EdgeWatch } from './platform/http/edge-watch.js';
import { mediaType } from './platform/http/security/media-type.middleware.js';
import { DOCS_PATH, serveDocs } from './platform/http/openapi.js';
import { requestId } from './platform/http/request-id.middleware.js';
import { rememberSource } from './platform/http/security/request-source.js';
import { inspectBody, inspectUrl } from './platform/http/validation/request-inspection.middleware.js';
import { securityHeaders } from './platform/http/security/security-headers.js';
import { limitServer } from './platform/http/security/server-limits.js';
import { createLogger } from './platform/logging/logger.js';
import { NestLogger } from './platform/logging/nest-logger.js';
import { RequestWatch } from './platform/logging/request-watch.js';
import { serveWeb } from './platform/web-assets/web-assets.js';
import { SocketAdapter } from './reactions/realtime/server/socket.adapter.js';

const JSON_LIMIT = '100kb';
/** Where files are uploaded, and with them multipart bodies are allowed. */
const UPLOADS = /\/(attachments|avatar|logo)$/;
/** Mail programs post a form to stop mails (RFC 8058); its content says nothing and is not read. */
const FORMS = /\/unsubscribe\/[^/]+$/;
const UNVERSIONED = ['health', 'health/ping', 'health/ready', 'health/advanced', 'metrics'];

/** Builds the application as it runs in production; tests use the same one. It neither connects nor listens yet. */
export async function createApp(config: Config, logger?: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config), {
    logger: new NestLogger(logger ?? createLogger(config)),
    bodyParser: false,
    rawBody: true,
    abortOnError: false,
    forceCloseConnections: true,
    routeConflictPolicy: { duplicate: 'error' },
  });
  app.setGlobalPrefix('api', { exclude: UNVERSIONED });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  useExpress(app, config);
  limitServer(app.getHttpServer());
  app.useWebSocketAdapter(app.get(SocketAdapter));
  serveDocs(app, config);
  serveWeb(app, config);
  return app;
}

/** What every request passes before it meets a route. */
function useExpress(app: NestExpressApplication, config: Config): void {
  app.disable('x-powered-by');
  app.set('etag', false);
  readClientAddress(app.getHttpAdapter().getInstance(), config.trustedProxies);
  app.use(
    app.get(RequestWatch).middleware,
    app.get(EdgeWatch).middleware,
    rememberSource,
    requestId,
    securityHeaders(config, DOCS_PATH),
  );
  app.enableCors(corsOptions(app.get(AllowedOrigins)));
  app.use(inspectUrl, mediaType(UPLOADS, FORMS), bodyDeadline(UPLOADS));
  app.useBodyParser('json', { limit: JSON_LIMIT });
  app.use(inspectBody);
}
