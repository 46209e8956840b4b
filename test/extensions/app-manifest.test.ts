import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAppManifest, readAppManifest } from '../../src/app-manifest.ts';

const path = new URL('../../app.json', import.meta.url);
type Raw = Record<string, unknown> & {
  scopes: { required: string[]; optional: string[] };
  extensions: { cards: Record<string, unknown>[]; pages: Record<string, unknown> };
};
const raw = (): Raw => JSON.parse(readFileSync(path, 'utf8')) as Raw;

describe('the app declaration', () => {
  it('is read as it stands', () => {
    const app = readAppManifest(path);

    expect(app.uid).toBe('service_check_in_app');
    expect(app.scopes.required).toContain('crm.objects.companies.read');
    expect(app.extensions.cards.map((card) => card.location)).toEqual([
      'crm.record.tab',
      'crm.record.sidebar',
    ]);
  });

  it.each<[string, (app: Raw) => void, string]>([
    ['an unknown key', (app) => (app['extra'] = 1), 'extra'],
    ['a base URL with a path', (app) => (app['publicBaseUrl'] = 'https://a.example.com/x'), 'publicBaseUrl'],
    ['a plain http base URL', (app) => (app['publicBaseUrl'] = 'http://a.example.com'), 'publicBaseUrl'],
    ['a plain http redirect', (app) => (app['redirectUrls'] = ['http://a.example.com/cb']), 'redirectUrls.0'],
    ['a location that does not exist', (app) => (app.extensions.cards[0]!['location'] = 'crm'), 'location'],
    ['two equal uids', (app) => (app.extensions.pages['uid'] = 'check_in_settings'), 'used twice'],
    ['a scope both required and optional', (app) => app.scopes.optional.push('oauth'), 'oauth'],
    [
      'a base URL that may not be fetched',
      (app) => (app['permittedFetchUrls'] = ['https://b.example.com']),
      'permittedFetchUrls',
    ],
  ])('is refused with %s, and the fault is named', (_what, edit, expected) => {
    const app = raw();
    edit(app);

    expect(() => parseAppManifest(app)).toThrow(expected);
  });

  it('names the file that cannot be read', () => {
    expect(() => readAppManifest('no-such-app.json')).toThrow('no-such-app.json cannot be read');
  });
});
