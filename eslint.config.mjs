// @ts-check
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Statements of SQL as they begin a string; said in words, never matched inside of a sentence. */
const sql =
  '/^\\s*(select\\s[^.]*\\sfrom\\s|insert\\s+into\\s|update\\s+\\S+\\s+set\\s|delete\\s+from\\s|create\\s+(table|index|role|database)\\s|alter\\s+(table|role|database)\\s|truncate\\s|with\\s+\\w+\\s+as\\s*\\()/i';

export default tseslint.config(
  {
    ignores: ['dist/', 'coverage/', '.creditbus/', 'node_modules/', 'bench/results/', 'libs/client/src/generated/'],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A class implements an asynchronous interface with a method that happens to need no await.
      '@typescript-eslint/require-await': 'off',
      // `process.env['NAME']` and `process.env.NAME` are both fine.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `x!` is refused in products; the assertion that this rule would turn into it says which type is meant.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `void` also says "on purpose not awaited" of what only may be a promise.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers in messages are what templates are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Nest's modules are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Nest takes plain objects where its types name a class of options.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // SQL lives in libs/store (design: one statement per file there). Tests may look into the database.
    files: ['**/*.ts'],
    ignores: ['libs/store/**', 'libs/testing/**', 'bench/**', 'test/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${sql}]`, message: 'SQL belongs to libs/store/src/sql.' },
        { selector: `TemplateElement[value.raw=${sql}]`, message: 'SQL belongs to libs/store/src/sql.' },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.suite.ts', '**/testing/**/*.ts', 'libs/testing/**/*.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Programs that a user runs in a terminal.
    files: ['examples/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'Buffer', 'URL', 'fetch', 'setTimeout', 'clearTimeout', 'AbortController', 'AbortSignal']
          .concat(['crypto', 'module', 'require', '__dirname', 'jest'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
);
