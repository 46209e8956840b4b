import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const pureGlobals = ['fetch', 'process', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'console'];

export default tseslint.config(
  { ignores: ['node_modules/', '.sandbox/', '.tmp/', 'screenshots/', 'coverage/', 'tools/', '**/dist/', 'extensions/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js', 'scripts/*.js'] } } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...pureGlobals.map((name) => ({ name, message: 'core is pure: take it as an argument' }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core is pure: take the time as an argument' },
        { object: 'Math', property: 'random', message: 'core is pure: take the seed as an argument' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'core is pure: take the time as an argument' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/hubspot/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: '@hubspot/api-client', message: 'only src/hubspot/client.ts calls HubSpot' }] }],
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
);
