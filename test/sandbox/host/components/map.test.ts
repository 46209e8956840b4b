import * as home from '@hubspot/ui-extensions/pages/home';
import * as pages from '@hubspot/ui-extensions/pages';
import * as root from '@hubspot/ui-extensions';
import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../../../sandbox/host/components/map.ts';

/** Components that hang on another one (`Dropdown.ButtonItem`), by the name their remote element carries. */
const COMPOUND = [
  'Dropdown',
  'DropdownButtonItem',
  'PageHeader',
  'PageHeaderPrimaryAction',
  'PageHeaderSecondaryActions',
  'PageHeaderLink',
  'PageHeaderPageLink',
  'PageBreadcrumbs',
  'PageBreadcrumbsPageLink',
  'PageBreadcrumbsCurrent',
];

/** The SDK exports a component as its name, or as a wrapper that carries it. */
function remoteName(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported];
  const { displayName } = (exported ?? {}) as { displayName?: unknown };
  return typeof displayName === 'string' ? [displayName] : [];
}

describe('the component map', () => {
  const exported = [root, pages, home].flatMap((module) => Object.values(module).flatMap(remoteName));

  it('sees the components of the SDK', () => {
    expect(exported).toEqual(
      expect.arrayContaining(['Accordion', 'Button', 'TextArea', 'PageTitle', 'HeaderActions']),
    );
    expect(new Set(exported).size).toBeGreaterThan(70);
  });

  it.each([...new Set([...exported, ...COMPOUND])])('shows %s', (name) => {
    expect(COMPONENTS).toHaveProperty(name, expect.any(Function));
  });

  it.each(['CrmReport', 'CrmPropertyList', 'Iframe', 'MediaObject'])(
    'leaves out %s, so that using it fails here',
    (name) => {
      expect(COMPONENTS).not.toHaveProperty(name);
    },
  );
});
