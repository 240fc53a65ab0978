import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { PRODUCT_VERSION } from '../health/product-version.js';

/** The page for people; `-json` behind it is the document itself. */
export const DOCS_PATH = '/api/docs';

/** The OpenAPI document of every route. Pure: needs neither database nor network. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Concierge')
    .setDescription('Tickets, live chat and calls. Every failed answer has the shape of `ErrorBody`.')
    .setVersion(PRODUCT_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves the documentation page and the document, both built on first use. */
export function serveDocs(app: INestApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(DOCS_PATH, app, () => (document ??= openApiDocument(app)), {
    jsonDocumentUrl: `${DOCS_PATH}-json`,
    raw: ['json'],
    customSiteTitle: 'Concierge API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
