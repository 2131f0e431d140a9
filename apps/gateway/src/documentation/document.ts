import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { Problem } from '../http/problem.js';
import { sendProblem } from '../http/problem.filter.js';
import { withNullTypes } from './null-types.js';
import { ANSWER_SCHEMAS } from './schemas.js';

/** Name of the security scheme in the document. */
export const API_KEY_SCHEME = 'apiKey';
/** The same keys in the headers of compatible APIs. */
export const SCHEMATIC_KEY_SCHEME = 'schematicKey';
export const FLEXPRICE_KEY_SCHEME = 'flexpriceKey';

/** The OpenAPI 3.1 document of an app's routes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Creditbus gateway')
    .setDescription(
      'Publishes credit commands, answers with their outcome when asked to (`Prefer: wait=<seconds>`), and serves ' +
        'reads. Amounts and versions are decimal strings; a balance that is unlimited is null.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addTag('commands', 'Any command, many at once, and what became of one.')
    .addTag('accounts', 'Accounts, their balances, their ledger, and what is made in them.')
    .addTag('grants', 'Lots of credits with their own order and life time.')
    .addTag('holds', 'Credits set aside until they are captured or released.')
    .addTag('schedules', 'One-time or recurring sources of grants, and templates of them.')
    .addTag('credit types', 'The catalogue of what accounts may hold.')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'API key of a tenant, made by `creditbus keys create`.' },
      API_KEY_SCHEME,
    )
    .addTag('unkey', 'Credit operations in the shapes of Unkey (docs/compat/unkey.md).')
    .addTag('klaim', 'Credit operations in the shapes of Klaim (docs/compat/klaim.md).')
    .addTag('schematic', 'Credit operations in the shapes of Schematic (docs/compat/schematic.md).')
    .addTag('flexprice', 'Credit operations in the shapes of Flexprice (docs/compat/flexprice.md).')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Schematic-Api-Key' }, SCHEMATIC_KEY_SCHEME)
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key' }, FLEXPRICE_KEY_SCHEME)
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_controller, method) => method,
  });
  const schemas = { ...document.components?.schemas, ...ANSWER_SCHEMAS };
  const components = { ...document.components, schemas } as OpenAPIObject['components'];
  return withNullTypes({ ...document, components });
}

/** What Swagger UI's page asks for; its folder holds more, such as its package.json. */
const DOCS_ASSETS: ReadonlySet<string> = new Set([
  '',
  'index.css',
  'favicon-16x16.png',
  'favicon-32x32.png',
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
]);

/** Serves `/openapi.json` and Swagger UI at `/docs` on `host`, of the routes of `documented`. */
export function serveDocumentation(host: NestFastifyApplication, documented: INestApplication): void {
  // By the route and what it takes for the file's name, so that no way of writing a path gets around it.
  host
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const { url = '' } = request.routeOptions;
      const file = (request.params as { readonly '*'?: string })['*'];
      if (!url.startsWith('/docs/') || file === undefined || DOCS_ASSETS.has(file)) return done();
      sendProblem(reply, new Problem(404, 'NOT_FOUND', 'there is no such route'), request, undefined);
    });
  SwaggerModule.setup('docs', host, () => openApiDocument(documented), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Creditbus API',
  });
}
