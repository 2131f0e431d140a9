/** The highest version seen of each account, of as many as fit: the one that was raised longest ago is forgotten first. */
export class VersionFloors {
  readonly #max: number;
  readonly #versions = new Map<string, bigint>();

  constructor(max: number) {
    this.#max = max;
  }

  /** The highest version seen; 0 when none is remembered. */
  of(key: string): bigint {
    return this.#versions.get(key) ?? 0n;
  }

  /** @returns whether it is higher than what was remembered */
  raise(key: string, version: bigint): boolean {
    if (version <= this.of(key)) return false;
    this.#versions.delete(key);
    this.#versions.set(key, version);
    for (const oldest of this.#versions.keys()) {
      if (this.#versions.size <= this.#max) break;
      this.#versions.delete(oldest);
    }
    return true;
  }

  delete(key: string): void {
    this.#versions.delete(key);
  }
}
