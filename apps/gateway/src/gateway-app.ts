import { NestLogger } from '@app/observability';
import helmet from '@fastify/helmet';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { compatibleRouteGroups } from './compat/index.js';
import { serveDocumentation } from './documentation/document.js';
import type { GatewayConnections } from './gateway-connections.js';
import type { GatewayOptions } from './gateway-options.js';
import { GatewayModule } from './gateway.module.js';
import { answerBrokenRequest } from './http/broken-requests.js';
import { type ErrorShape, ErrorShapes } from './http/error-shapes.js';
import { BODY_BYTES_MAX } from './http/json-body.js';
import { Problem } from './http/problem.js';
import { sendProblem } from './http/problem.filter.js';
import { useRawBodies } from './http/raw-body.js';
import { refuseWhileClosing } from './http/refuse-while-closing.js';
import { requestIdOf } from './http/request-id.js';
import { logRequests } from './http/request-log.js';
import { RouteTable } from './http/route-table.js';
import { refuseUnservedEncodings } from './http/unserved-encodings.js';
import { Metrics } from './metrics/metrics.js';

/** Longest path parameter in UTF-16 units: an account id of 255 characters with `ext:` before it. */
const PARAM_CHARS_MAX = 1_024;

/** How often Node looks for requests that take too long; its default of 30 s would double the limit. */
const REQUEST_CHECK_MS = 1_000;

/**
 * The app, ready to listen or to be injected requests; silent without a logger. It owns none of the connections.
 * @param routeGroups more of them than the compatible APIs that the options name
 */
export async function createGatewayApp(
  connections: GatewayConnections,
  options: GatewayOptions,
  logger?: Logger,
  routeGroups: readonly Type[] = [],
): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter(options, (request) => app.get(ErrorShapes).of(request));
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.with(connections, options, [...compatibleRouteGroups(options.compatibleApis), ...routeGroups]),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: logger ? new NestLogger(logger) : false,
    },
  );
  const server = adapter.getInstance();
  useRawBodies(server);
  app.get(Metrics).observeRequests(server);
  if (logger) logRequests(server, logger);
  await secure(app);
  if (options.docsEnabled && options.adminPort === undefined) serveDocumentation(app, app);
  await app.init();
  await server.ready();
  return app;
}

/**
 * Fastify with the request id of the caller in and out.
 * @param shapeOf how the path's system shows errors; problem details unless said otherwise
 */
export function fastifyAdapter(
  { trustedProxies, requestTimeoutMs }: Pick<GatewayOptions, 'trustedProxies' | 'requestTimeoutMs'>,
  shapeOf: (request: FastifyRequest) => ErrorShape | undefined = () => undefined,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
    // Headers and body: Node gives up, with 408, what hasn't arrived within this time.
    requestTimeout: requestTimeoutMs,
    http: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(REQUEST_CHECK_MS, requestTimeoutMs),
    },
    clientErrorHandler: answerBrokenRequest,
    genReqId: requestIdOf,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    logger: false,
    // See refuseWhileClosing.
    return503OnClosing: false,
    // A path that can't be decoded, or is too long, never reaches Nest and its filter.
    frameworkErrors: ({ code }: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const tooLong = code === 'FST_ERR_MAX_PARAM_LENGTH';
      const detail = tooLong ? 'an id in the path is too long' : 'the path is not correctly percent-encoded';
      const problem = new Problem(400, 'INVALID_REQUEST', detail);
      void reply.header('X-Request-Id', request.id);
      sendProblem(reply, problem, request, shapeOf(request));
    },
  });
  const server = adapter.getInstance();
  server.decorate('routeTable', RouteTable.of(server));
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    // Balances and keys are nobody's to keep: no browser, proxy or client stores an answer.
    void reply.header('Cache-Control', 'no-store');
    done();
  });
  refuseWhileClosing(server, shapeOf);
  refuseUnservedEncodings(server, shapeOf);
  return adapter;
}

/** Security headers. The content policy allows what Swagger UI needs; TLS may end before us, so nothing is upgraded. */
export async function secure(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
    strictTransportSecurity: false,
  });
}
