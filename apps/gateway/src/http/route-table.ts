import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** What the app serves; to tell a wrong method from an unknown path. */
    readonly routeTable: RouteTable;
  }
}

interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** The methods of every path that an app serves. */
export class RouteTable {
  private readonly paths = new Map<string, KnownPath>();

  /** The table of an app whose routes are yet to be added. */
  static of(server: FastifyInstance): RouteTable {
    const table = new RouteTable();
    server.addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) table.add(name, url);
    });
    return table;
  }

  add(method: string, pattern: string): void {
    const known = this.paths.get(pattern) ?? { segments: pattern.split('/'), methods: new Set() };
    known.methods.add(method);
    this.paths.set(pattern, known);
  }

  /** The methods that a path has, for `Allow` (RFC 9110); none: there is no such path. */
  methodsOf(path: string): readonly string[] {
    const segments = path.split('/');
    const fitting = [...this.paths.values()].filter((known) => fits(known.segments, segments));
    return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort();
  }
}

/** Whether a path is of a pattern such as `/v1/accounts/:id`. What a `*` stands for has no methods of its own. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, at) => (part.startsWith(':') ? path[at] !== '' : part === path[at]))
  );
}
