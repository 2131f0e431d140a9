import type { FastifyInstance } from 'fastify';

/**
 * Bodies are handed to routes as bytes, whatever their content type: the native routes parse JSON without losing a
 * digit and only after the key was checked; each compatible route group has its own order of checks and its own words
 * for a body that it can't read. Fastify still enforces the size limit.
 */
export function useRawBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
