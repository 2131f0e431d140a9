import { gatewayReplyTopic } from '@app/contracts';
import { type AppProcess, spawnApp } from '@app/testing';
import { Deployment } from '../deployment/deployment.js';
import { createKey } from '../deployment/http.js';

export type KeyLimits = NonNullable<Parameters<typeof createKey>[2]>;

/** Real Kafka, real Postgres, a worker and a gateway, for one file of tests with an official client. */
export class CompatibleStack {
  private constructor(
    readonly deployment: Deployment,
    readonly gateway: AppProcess,
  ) {}

  /** Tenants `acme` and `other` are there. @param env of the gateway */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<CompatibleStack> {
    const deployment = await Deployment.start();
    try {
      const name = gatewayReplyTopic(deployment.topics);
      await deployment.admin.createTopics([{ name, partitions: 4, configs: {} }]);
      await deployment.sql(`insert into tenants (tenant_id, name) values ('other', 'other')`);
      await deployment.startWorker();
      const database = deployment.database.gatewayUrl;
      const gateway = await spawnApp('gateway', { ...deployment.appEnv(env), DATABASE_URL: database });
      return new CompatibleStack(deployment, gateway);
    } catch (error) {
      await deployment.stop();
      throw error;
    }
  }

  get baseUrl(): string {
    return this.gateway.baseUrl;
  }

  /** The secret of a new API key; all scopes unless said otherwise. */
  key(tenantId: 'acme' | 'other' = 'acme', limits: KeyLimits = {}): Promise<string> {
    return createKey(this.deployment, tenantId, limits);
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.deployment.stop();
  }
}
