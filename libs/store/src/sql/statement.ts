/** A named prepared statement: parsed and planned once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}
