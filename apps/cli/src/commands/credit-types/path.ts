/** Path of a credit type. */
export function creditTypePath(creditType: string): string {
  return `/v1/credit-types/${encodeURIComponent(creditType)}`;
}
