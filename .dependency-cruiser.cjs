/** Who may know whom. The domain knows nobody; apps don't know each other; two libraries guard a technology each. */
const tests = '\\.spec\\.ts$|/testing/|^libs/testing/|^test/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle makes two files one.',
      severity: 'error',
      from: {},
      // Types disappear at run time; entities that name each other and Nest modules do so on purpose.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules of credits know no framework, no I/O and no other library.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: tests },
      to: { pathNot: '^libs/domain/' },
    },
    {
      name: 'contracts-know-only-the-domain',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(contracts|domain)/' },
    },
    {
      name: 'messaging-knows-no-store',
      severity: 'error',
      from: { path: '^libs/messaging/', pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(messaging|contracts|domain)/' },
    },
    {
      name: 'store-knows-no-app',
      severity: 'error',
      from: { path: '^libs/store/', pathNot: tests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(store|messaging|contracts|domain)/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'Other services install it: it must not bring the server with it, nor any package.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: tests },
      to: { pathNot: '^libs/client/' },
    },
    {
      name: 'examples-import-what-users-can-install',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(libs|apps|bench|test|scripts|examples)/', pathNot: '^libs/client/' },
    },
    {
      name: 'libraries-know-no-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment: 'Each compatible API is a folder that can be taken away. They share what lies in adapter/.',
      severity: 'error',
      from: { path: '^apps/gateway/src/compat/([^/]+)/', pathNot: tests },
      to: { path: '^apps/gateway/src/compat/', pathNot: '^apps/gateway/src/compat/(adapter|$1)/' },
    },
    {
      name: 'kafkajs-only-in-messaging',
      severity: 'error',
      // The baseline of the benchmark is what a Nest user would write without this product; examples are of users.
      from: { pathNot: `^libs/messaging/|^bench/|^examples/|${tests}` },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'tests-stay-out-of-products',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { path: '^libs/testing/|\\.spec\\.ts$' },
    },
    {
      name: 'no-development-packages-in-products',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'libraries-are-entered-by-their-index',
      comment: 'What a library promises is in its index; everything else may change.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/', pathNot: tests },
      to: { path: '^libs/[^/]+/src/.+', pathNot: '^libs/[^/]+/src/index\\.ts$|^$1/$2/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
