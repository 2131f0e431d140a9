/**
 * Remembers for a while what was published, so that an item which is still found due is not published again at once:
 * its command is on its way. Bounded: who publishes asks for room first, and waits when there is none.
 */
export class ResendWindow {
  /** Identity of an item → when it was published; the oldest first. */
  private readonly published = new Map<number, number>();

  constructor(
    private readonly windowMs: number,
    private readonly itemsMax: number,
  ) {}

  /** How many more items may be remembered. */
  roomAt(nowMs: number): number {
    for (const [identity, publishedAtMs] of this.published) {
      if (nowMs - publishedAtMs < this.windowMs) break;
      this.published.delete(identity);
    }
    return this.itemsMax - this.published.size;
  }

  /** How long ago the item was published; undefined: longer ago than the window, or never. */
  ageOf(identity: number, nowMs: number): number | undefined {
    const publishedAtMs = this.published.get(identity);
    if (publishedAtMs === undefined || nowMs - publishedAtMs >= this.windowMs) return undefined;
    return nowMs - publishedAtMs;
  }

  add(identity: number, nowMs: number): void {
    this.published.delete(identity); // to the end, where the newest are
    this.published.set(identity, nowMs);
  }
}
