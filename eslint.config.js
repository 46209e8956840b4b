import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const pureGlobals = [
  'fetch',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'console',
];
const forbidden = (names, message) => names.map((name) => ({ name, message }));
const SDK = ['@hubspot/api-client', 'only src/hubspot/client.ts calls HubSpot'];
/** A guard, not a proof: SQL is written with Kysely, where a value can only become a parameter. */
const SQL_WORDS = '/(SELECT|INSERT INTO|UPDATE|DELETE FROM|ALTER|CREATE|DROP|GRANT|TRUNCATE) /';
const noSqlFromText = [
  {
    selector: `:not(TaggedTemplateExpression) > TemplateLiteral[expressions.length>0] > TemplateElement[value.raw=${SQL_WORDS}]`,
    message: 'no SQL from interpolated text: use the sql tag, whose values become parameters',
  },
  {
    selector: `BinaryExpression[operator="+"] > Literal[value=${SQL_WORDS}]`,
    message: 'no SQL from joined text: use the sql tag, whose values become parameters',
  },
  {
    selector: 'CallExpression[callee.object.name="sql"][callee.property.name="raw"] > TemplateLiteral',
    message: 'no raw SQL from interpolated text: use the sql tag, whose values become parameters',
  },
];
const noClock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'core is pure: take the time as an argument',
  },
  { selector: 'ImportExpression', message: 'core is pure: import what you need at the top' },
];

export default tseslint.config(
  {
    // HubSpot lints the extensions by its own rules: npm run hubspot:check.
    ignores: [
      'node_modules/',
      '.sandbox/',
      '.tmp/',
      'screenshots/',
      'coverage/',
      'tools/',
      '**/dist/',
      'extensions/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js', '*.cjs', '.*.cjs', 'scripts/*.js'] } },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noSqlFromText],
      'no-restricted-globals': ['error', { name: 'fetch', message: SDK[1] }],
      'no-restricted-imports': ['error', { paths: forbidden(SDK.slice(0, 1), SDK[1]) }],
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/usecases/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...forbidden(pureGlobals, 'core and use cases are pure: take it as an argument'),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'take the time as an argument' },
        { object: 'Math', property: 'random', message: 'take the seed as an argument' },
      ],
      'no-restricted-syntax': ['error', ...noSqlFromText, ...noClock],
    },
  },
  {
    // The one door: the SDK as transport, and the wrapper that gives its fetch a deadline.
    files: ['src/hubspot/client.ts', 'src/hubspot/deadline.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' },
  },
  { files: ['**/*.js', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable' },
      parserOptions: { projectService: false },
    },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
);
