import { GATEWAY_APP_VARIABLES } from './gateway-config.js';
import { configurationDocument, environmentExample } from './reference.js';
import { WORKER_VARIABLES } from './worker-config.js';

const names = [...new Set([...Object.keys(WORKER_VARIABLES), ...Object.keys(GATEWAY_APP_VARIABLES)])];

describe('configuration reference', () => {
  it('has every variable once in the document and once in the example', () => {
    const document = configurationDocument();
    const example = environmentExample();
    for (const name of names) {
      expect(document.split(`| \`${name}\` |`)).toHaveLength(2);
      expect(example.split(`\n#${name}=`)).toHaveLength(2);
    }
  });

  it('says who reads a variable', () => {
    expect(configurationDocument()).toMatch(/\| `KAFKA_BROKERS` \| worker, gateway, CLI \| \*\*required\*\* \|/);
    expect(configurationDocument()).toMatch(/\| `GATEWAY_PORT` \| gateway \| `3000` \|/);
  });

  it('sets nothing in the example', () => {
    const lines = environmentExample().split('\n');
    expect(lines.every((line) => line === '' || line.startsWith('#'))).toBe(true);
  });
});
