import { chooseProviders } from './choose.mjs';

const never = () => Promise.reject(new Error('Docker must not be asked'));
const answers = () => Promise.resolve(true);
const silent = () => Promise.resolve(false);

const brokers = { kind: 'given', value: 'broker:9092' };
const database = { kind: 'given', value: 'postgres://u@h/d' };

describe('where Kafka and Postgres come from', () => {
  it('uses what is given, without looking for Docker', async () => {
    const env = { KAFKA_BROKERS: 'broker:9092', DATABASE_URL: 'postgres://u@h/d' };
    expect(await chooseProviders(env, never)).toEqual({ kafka: brokers, postgres: database, forced: false });
  });

  it('takes containers for what is missing when a Docker daemon answers', async () => {
    expect(await chooseProviders({}, answers)).toMatchObject({
      kafka: { kind: 'docker' },
      postgres: { kind: 'docker' },
    });
    expect(await chooseProviders({ KAFKA_BROKERS: 'broker:9092' }, answers)).toMatchObject({
      kafka: brokers,
      postgres: { kind: 'docker' },
    });
  });

  it('takes embedded servers for what is missing when no Docker daemon answers', async () => {
    expect(await chooseProviders({}, silent)).toMatchObject({
      kafka: { kind: 'embedded' },
      postgres: { kind: 'embedded' },
    });
    expect(await chooseProviders({ DATABASE_URL: 'postgres://u@h/d' }, silent)).toMatchObject({
      kafka: { kind: 'embedded' },
      postgres: database,
    });
  });

  it('treats empty and blank variables like missing ones', async () => {
    expect(await chooseProviders({ KAFKA_BROKERS: ' ', DATABASE_URL: '' }, silent)).toMatchObject({
      kafka: { kind: 'embedded' },
      postgres: { kind: 'embedded' },
    });
  });

  it('does as STACK_PROVIDER says, without looking for Docker, but never instead of what is given', async () => {
    const env = { STACK_PROVIDER: 'embedded', KAFKA_BROKERS: 'broker:9092' };
    expect(await chooseProviders(env, never)).toMatchObject({ kafka: brokers, postgres: { kind: 'embedded' } });
    const docker = await chooseProviders({ STACK_PROVIDER: 'docker' }, never);
    expect(docker).toMatchObject({ kafka: { kind: 'docker' }, forced: true });
  });

  it('names a STACK_PROVIDER that it does not know, and what is allowed', async () => {
    await expect(chooseProviders({ STACK_PROVIDER: 'podman' }, never)).rejects.toThrow(
      'STACK_PROVIDER is "podman"; allowed: docker, embedded, or nothing',
    );
  });
});
