import { gatewayMetrics } from './gateway-metrics.js';
import { createRegistry, serveMetrics } from './metrics-registry.js';
import { workerMetrics } from './worker-metrics.js';

describe('metrics', () => {
  it('have names with the prefix of the product, and every histogram of time counts seconds', async () => {
    const registry = createRegistry('both');
    const before = new Set((await registry.getMetricsAsJSON()).map(({ name }) => name));
    workerMetrics(registry);
    gatewayMetrics(registry);
    const ours = (await registry.getMetricsAsJSON()).filter(({ name }) => !before.has(name));
    expect(ours).toHaveLength(26);
    for (const { name, type } of ours) {
      expect(name).toMatch(/^creditbus_[a-z_]+$/);
      if (String(type) === 'counter') expect(name).toMatch(/_total$/);
      if (String(type) === 'histogram') expect(name).toMatch(/_(seconds|records)$/);
    }
  });

  it('can be scraped on a port of their own, and nothing else can', async () => {
    const registry = createRegistry('worker');
    workerMetrics(registry).deadLetters.inc({ reason: 'NOT_JSON' });
    const server = await serveMetrics(registry, '127.0.0.1', 0);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(await response.text()).toContain('creditbus_dead_letters_total{reason="NOT_JSON",app="worker"} 1');
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
