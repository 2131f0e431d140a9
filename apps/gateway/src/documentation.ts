import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of an app's routes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Creditbus gateway')
    .setDescription(
      'Publishes credit commands, answers with their outcome when asked to (`Prefer: wait=<seconds>`), and serves reads. ' +
        'Amounts and versions are decimal strings; a balance that is unlimited is null.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API key of a tenant, made by `creditbus keys create`.' }, 'apiKey')
    .build();
  return SwaggerModule.createDocument(app, config, { operationIdFactory: (_controller, method) => method });
}

/** Serves `/openapi.json` and Swagger UI at `/docs` on `host`, of the routes of `documented`. */
export function serveDocumentation(host: INestApplication, documented: INestApplication): void {
  SwaggerModule.setup('docs', host, () => openApiDocument(documented), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Creditbus API',
  });
}
