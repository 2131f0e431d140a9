import 'reflect-metadata';

import { ConfigError, gatewayConfig } from '@app/config';
import { startFailure } from '@app/observability';

import { GatewayProcess } from './gateway-process.js';

async function main(): Promise<void> {
  const config = gatewayConfig();
  const gateway = await GatewayProcess.start(config);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const deadline = setTimeout(() => {
      process.stderr.write(`gateway: not stopped within ${config.shutdownDeadlineMs} ms, ending anyway\n`);
      process.exit(1);
    }, config.shutdownDeadlineMs);
    deadline.unref();
    void gateway.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error, ConfigError)}\n`);
  process.exit(1);
});
