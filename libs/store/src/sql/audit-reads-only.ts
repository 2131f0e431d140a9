/** First in a transaction of an audit: nothing in it may write. */
export const AUDIT_READS_ONLY = 'set transaction read only';
