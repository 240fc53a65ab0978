import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { publicPath, type PublicDesk } from '../config/public-address.js';
import { ErrorResponse } from './errors/error.dto.js';
import { PRODUCT_VERSION } from '../health/product-version.js';

/** The page for people; `-json` behind it is the document itself. */
export const DOCS_PATH = '/api/docs';

/** The OpenAPI document of every route. Pure: needs neither database nor network. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Concierge')
    .setDescription('Tickets, live chat and calls. Every failed answer has the shape of ErrorResponse.')
    .setVersion(PRODUCT_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer');
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ErrorResponse],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const operation of operationsOf(document)) operation.responses['default'] ??= FAILURE;
  return document;
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const FAILURE: Operation['responses'][string] = {
  description: 'A refusal or failure.',
  content: { 'application/json': { schema: { $ref: getSchemaPath(ErrorResponse) } } },
};

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths)
    .flatMap((path) => [path.get, path.post, path.put, path.patch, path.delete])
    .filter((operation) => operation !== undefined);
}

/** Serves the documentation page and the document, both built on first use; the document names the path that we are below. */
export function serveDocs(app: INestApplication, desk: PublicDesk): void {
  let document: OpenAPIObject | undefined;
  const served = () => ({ ...openApiDocument(app), servers: [{ url: publicPath(desk, '') || '/' }] });
  SwaggerModule.setup(DOCS_PATH, app, () => (document ??= served()), {
    jsonDocumentUrl: `${DOCS_PATH}-json`,
    raw: ['json'],
    customSiteTitle: 'Concierge API',
    swaggerOptions: { persistAuthorization: false, displayRequestDuration: true },
  });
}
