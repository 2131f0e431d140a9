import type { GatewayConfig } from '@app/config';

/** What the gateway's parts need to know beside its connections. Meaning and units: docs/configuration.md. */
export type GatewayOptions = Pick<
  GatewayConfig,
  | 'waitMaxSeconds'
  | 'keyCacheMs'
  | 'compatibleApis'
  | 'klaimCreditType'
  | 'rateLimit'
  | 'docsEnabled'
  | 'metricsEnabled'
  | 'adminPort'
  | 'trustedProxies'
  | 'requestTimeoutMs'
>;

/** Injection token of `GatewayOptions`. */
export const GATEWAY_OPTIONS = Symbol('GatewayOptions');
