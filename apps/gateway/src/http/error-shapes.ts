import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Problem } from './problem.js';

/** An error in the words of one system. */
export type ErrorShape = (problem: Problem, request: FastifyRequest) => { contentType: string; body: object };

/**
 * Which error shape a path uses. Route groups of other systems register theirs when their module starts; everything
 * else, unknown paths included, is answered with problem details.
 */
@Injectable()
export class ErrorShapes {
  private readonly shapes: { readonly paths: RegExp; readonly shape: ErrorShape }[] = [];

  register(paths: RegExp, shape: ErrorShape): void {
    this.shapes.push({ paths, shape });
  }

  of(request: Pick<FastifyRequest, 'url'>): ErrorShape | undefined {
    const path = request.url.split('?', 1)[0] ?? '';
    return this.shapes.find(({ paths }) => paths.test(path))?.shape;
  }
}
