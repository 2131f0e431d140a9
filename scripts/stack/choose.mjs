// @ts-check

/**
 * @typedef {'given' | 'docker' | 'embedded'} ProviderKind
 * @typedef {{ kind: 'given', value: string } | { kind: 'docker' } | { kind: 'embedded' }} Provider
 */

/**
 * Decides where Kafka and Postgres come from: given by the environment, else containers when a Docker daemon
 * answers, else embedded. Each is chosen for itself: a given database goes with an embedded broker.
 *
 * `STACK_PROVIDER` = `docker` or `embedded` overrules the second step, for whoever wants to.
 *
 * @param {Record<string, string | undefined>} env
 * @param {() => Promise<boolean>} dockerAnswers asked only when something is missing and nothing is forced
 * @returns {Promise<{ kafka: Provider, postgres: Provider, forced: boolean }>}
 */
export async function chooseProviders(env, dockerAnswers) {
  const forced = env.STACK_PROVIDER || undefined;
  if (forced !== undefined && forced !== 'docker' && forced !== 'embedded') {
    throw new Error(`STACK_PROVIDER is "${forced}"; allowed: docker, embedded, or nothing`);
  }
  const brokers = env.KAFKA_BROKERS?.trim();
  const databaseUrl = env.DATABASE_URL?.trim();
  /** @type {Provider} */
  let other = { kind: 'embedded' };
  if (!brokers || !databaseUrl) {
    const kind = forced ?? ((await dockerAnswers()) ? 'docker' : 'embedded');
    other = { kind };
  }
  return {
    kafka: brokers ? { kind: 'given', value: brokers } : other,
    postgres: databaseUrl ? { kind: 'given', value: databaseUrl } : other,
    forced: forced !== undefined,
  };
}
