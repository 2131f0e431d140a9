import { record } from '../output/table.js';
import type { Refusal } from './command-line.js';

const FIRST_REFUSALS = 10;

/** Counts what became of the lines of a file. */
export class PublishReport {
  private readonly startedAt = performance.now();
  private readonly codes = new Map<string, number>();
  readonly firstRefusals: Refusal[] = [];
  lines = 0;
  accepted = 0;
  notSent = 0;
  /** Lines without an id of their own that got a new one: publishing them again would be another command. */
  newIds = 0;

  get refused(): number {
    return [...this.codes.values()].reduce((sum, count) => sum + count, 0);
  }

  refuse(refusal: Refusal): void {
    this.codes.set(refusal.code, (this.codes.get(refusal.code) ?? 0) + 1);
    if (this.firstRefusals.length < FIRST_REFUSALS) this.firstRefusals.push(refusal);
  }

  /** For `--output json`. */
  toJson(file: string): Record<string, unknown> {
    const durationMs = Math.round(performance.now() - this.startedAt);
    return {
      file,
      lines: this.lines,
      accepted: this.accepted,
      refused: this.refused,
      notSent: this.notSent,
      refusedByCode: Object.fromEntries(this.sortedCodes()),
      firstRefusals: this.firstRefusals,
      durationMs,
      commandsPerSecond: Math.round(this.accepted / Math.max(durationMs / 1000, 0.001)),
    };
  }

  toText(): string {
    const durationS = (performance.now() - this.startedAt) / 1000;
    return record([
      ['lines', this.lines],
      ['accepted', this.accepted],
      ['refused', this.refused],
      ...this.sortedCodes().map(([code, count]) => [`  ${code}`, count] as const),
      ['not sent', this.notSent === 0 ? undefined : this.notSent],
      ['duration', `${durationS.toFixed(1)} s`],
      ['commands/s', Math.round(this.accepted / Math.max(durationS, 0.001))],
    ]);
  }

  private sortedCodes(): readonly (readonly [string, number])[] {
    return [...this.codes].sort(([, a], [, b]) => b - a);
  }
}
