const mended = new WeakSet<object>();

/** A method of an instance. */
type Method<Instance, Name extends keyof Instance> = Instance[Name] extends (...args: infer Args) => infer Result
  ? (this: Instance, ...args: Args) => Result
  : never;

/**
 * Puts another method in the place of one of an inner class of kafkajs 2.2.4, for the whole process; once, however
 * often it is asked to.
 * @param better makes the new method of the one that was there
 * @throws Error when there is no such method, as in another version of kafkajs
 */
export function mend<Instance extends object, Name extends keyof Instance & string>(
  { prototype }: { readonly prototype: Instance },
  name: Name,
  better: (original: Method<Instance, Name>) => Method<Instance, Name>,
): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`kafkajs 2.2.4 is required: it has no ${name} to be mended`);
  if (mended.has(original)) return;
  const method = better(original as Method<Instance, Name>);
  mended.add(method);
  Reflect.set(prototype, name, method);
}
