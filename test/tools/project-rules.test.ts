import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findDrift, writeOutputs } from '../../scripts/generate/drift.ts';
import { collectOutputs } from '../../scripts/generate/outputs.ts';
import {
  checkEntrypoints,
  checkIgnoreFile,
  checkMetaFiles,
  checkPlaces,
  checkProjectFile,
} from '../../tools/hubspot-check/project-rules.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tabFile = 'extensions/app/cards/check-in-tab-hsmeta.json';
let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'project-rules-'));
  for (const name of [
    'app.json',
    'hsproject.json',
    '.hsignore',
    '.prettierrc.json',
    'extensions',
    'extension-kit',
    'src/core/first-name.ts',
  ]) {
    cpSync(join(project, name), join(copy, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
});

afterEach(() => {
  rmSync(copy, { recursive: true, force: true });
});

type Meta = { uid: string; type: string; config: Record<string, unknown> };

function editMeta(path: string, edit: (meta: Meta) => void): void {
  const meta = JSON.parse(readFileSync(join(copy, path), 'utf8')) as Meta;
  edit(meta);
  writeFileSync(join(copy, path), JSON.stringify(meta));
}

const allFaults = (): readonly string[] => [
  ...checkProjectFile(copy),
  ...checkPlaces(copy),
  ...checkMetaFiles(copy),
  ...checkEntrypoints(copy),
  ...checkIgnoreFile(copy),
];

describe('the rules for what HubSpot receives', () => {
  it('finds no fault in the project as it is', async () => {
    const drift = findDrift(copy, await collectOutputs(copy));

    expect(allFaults()).toEqual([]);
    expect(drift).toEqual([]);
  });

  it('names a meta file that lies in a folder HubSpot skips', () => {
    mkdirSync(join(copy, 'extensions/app/cards/tab'));

    renameSync(join(copy, tabFile), join(copy, 'extensions/app/cards/tab/check-in-tab-hsmeta.json'));

    expect(checkPlaces(copy)).toEqual([
      expect.stringContaining('app/cards/tab/check-in-tab-hsmeta.json lies where HubSpot does not look'),
    ]);
  });

  it('names a meta file of one kind in the folder of another', () => {
    renameSync(join(copy, tabFile), join(copy, 'extensions/app/pages/check-in-tab-hsmeta.json'));

    expect(checkMetaFiles(copy)).toEqual(['app/pages/check-in-tab-hsmeta.json: a card belongs in app/cards']);
  });

  it.each(['check-in-tab-hsmeta.jsn', 'check-in-tab-hs-meta.json', 'check-in-tab.hsmeta.json'])(
    'names a meta file whose name HubSpot does not recognize: %s',
    (name) => {
      renameSync(join(copy, tabFile), join(copy, 'extensions/app/cards', name));

      expect(checkPlaces(copy)).toEqual([expect.stringContaining(`${name} does not end in -hsmeta.json`)]);
    },
  );

  it.each<[string, (meta: Meta) => void, string]>([
    ['a misspelled top-level key', (meta) => Object.assign(meta, { confg: {} }), 'confg'],
    [
      'a misspelled key in the config',
      (meta) => Object.assign(meta.config, { objecTypes: [] }),
      'objecTypes',
    ],
    ['a missing key', (meta) => delete meta.config['objectTypes'], 'config.objectTypes'],
    [
      'a location that does not exist',
      (meta) => (meta.config['location'] = 'crm.record.tabs'),
      'config.location',
    ],
    ['a uid with a space', (meta) => (meta.uid = 'check in card'), 'uid'],
    ['a uid of another component', (meta) => (meta.uid = 'check_in_pages'), 'used twice'],
    ['an unknown type', (meta) => (meta.type = 'cards'), 'type'],
    ['an unknown object type', (meta) => (meta.config['objectTypes'] = ['company']), 'config.objectTypes'],
  ])('refuses %s', (_what, edit, expected) => {
    editMeta(tabFile, edit);

    expect(checkMetaFiles(copy).join('\n')).toContain(expected);
  });

  it('refuses a second settings page', () => {
    const settings = 'extensions/app/settings/settings-hsmeta.json';
    cpSync(join(copy, settings), join(copy, 'extensions/app/settings/second-hsmeta.json'));
    editMeta('extensions/app/settings/second-hsmeta.json', (meta) => (meta.uid = 'another'));

    expect(checkMetaFiles(copy)).toContain('there may be only one settings');
  });

  it('refuses a webhook subscription HubSpot does not know', () => {
    editMeta('extensions/app/webhooks/webhooks-hsmeta.json', (meta) => {
      const subscriptions = meta.config['subscriptions'] as { crmObjects: { subscriptionType: string }[] };
      subscriptions.crmObjects[0]!.subscriptionType = 'object.merged';
    });

    expect(checkMetaFiles(copy).join('\n')).toContain('subscriptionType');
  });

  it('names a meta file that is not JSON', () => {
    writeFileSync(join(copy, tabFile), '{');

    expect(checkMetaFiles(copy)).toEqual(['app/cards/check-in-tab-hsmeta.json is not JSON']);
  });

  it('names every file that is out of step with app.json, and brings it back', async () => {
    const path = join(copy, 'app.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('checkin.example.com', 'other.example.com'));
    const outputs = await collectOutputs(copy);

    const before = findDrift(copy, outputs);
    writeOutputs(copy, outputs);
    const after = findDrift(copy, outputs);

    expect(before.join('\n')).toContain('extensions/app/app-hsmeta.json differs');
    expect(before.join('\n')).toContain('extensions/app/cards/generated/base-url.ts differs');
    expect(after).toEqual([]);
  });

  it('names a meta file edited by hand and one that nothing asks for', async () => {
    editMeta(tabFile, (meta) => (meta.config['name'] = 'Edited'));
    cpSync(join(copy, tabFile), join(copy, 'extensions/app/cards/extra-hsmeta.json'));

    const drift = findDrift(copy, await collectOutputs(copy));

    expect(drift).toContain(`${tabFile} differs from what it is generated from`);
    expect(drift).toContain('extensions/app/cards/extra-hsmeta.json is generated from nothing');
  });

  it('names an entrypoint that is missing and a folder that cannot be built on its own', () => {
    rmSync(join(copy, 'extensions/app/settings/SettingsPage.tsx'));
    rmSync(join(copy, 'extensions/app/cards/package-lock.json'));

    expect(checkEntrypoints(copy)).toEqual([
      'the entrypoint app/settings/SettingsPage.tsx is missing',
      'app/cards/package-lock.json is missing',
    ]);
  });

  it('refuses another React than the one HubSpot runs', () => {
    const path = join(copy, 'extensions/app/cards/package.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('18.3.1', '19.0.0'));

    expect(checkEntrypoints(copy).join('\n')).toContain('dependencies.react');
  });

  it('refuses an anchored pattern in .hsignore and a missing name', () => {
    writeFileSync(join(copy, '.hsignore'), '/app/local.json\ndist\n');

    expect(checkIgnoreFile(copy)).toEqual([
      '.hsignore: "/app/local.json" has a slash',
      '.hsignore does not list local.json',
    ]);
  });

  it('refuses an hsproject.json with another platform version or an extra key', () => {
    writeFileSync(
      join(copy, 'hsproject.json'),
      JSON.stringify({ name: 'service-check-in', srcDir: 'extensions', platformVersion: '2025.1', extra: 1 }),
    );

    expect(checkProjectFile(copy)).toHaveLength(2);
  });
});
