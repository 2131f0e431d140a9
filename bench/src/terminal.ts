/** Writes a line for whoever runs the benchmark. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
