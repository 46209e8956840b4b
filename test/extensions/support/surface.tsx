import { Button, LoadingButton, Text } from '@hubspot/ui-extensions';
import { createRenderer, type Renderer } from '@hubspot/ui-extensions/testing';
import { afterEach, expect } from '@jest/globals';
import { useEffect, useState, type ReactNode } from 'react';
import { CheckInCard } from '../../../extensions/app/cards/CheckInCard.tsx';

type Place = 'crm.record.tab' | 'crm.record.sidebar';
export type CardRenderer = Renderer<'crm.record.tab'>;

const curtains = new Set<() => void>();

/** Closes every surface that stands, as HubSpot does where somebody goes to another record. */
export function leaveRecord(): void {
  for (const close of curtains) close();
  curtains.clear();
}

// The SDK's renderer cannot unmount, and a surface left standing would keep its timers and with them the test process.
afterEach(leaveRecord);

/** Shows its children until the test is over. */
export function Stage({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(true);
  useEffect(() => {
    const close = (): void => {
      setOpen(false);
    };
    curtains.add(close);
  }, []);
  return open ? children : null;
}

/** Puts the card for company 101 on the record page. */
export function showCard(place: Place = 'crm.record.tab', canConnectApps = false): CardRenderer {
  const renderer = createRenderer('crm.record.tab');
  const { context, actions } = renderer.mocks;
  const user = {
    ...context.user,
    locale: 'en-US',
    permissions: canConnectApps ? ['integrations-management-write' as const] : [],
  };
  const crm = { objectId: 101, objectTypeId: '0-2' };
  renderer.render(
    <Stage>
      <CheckInCard context={{ ...context, user, crm, location: place }} actions={actions} />
    </Stage>,
  );
  return renderer;
}

/** As showCard, and waits until it is no longer loading. */
export async function openCard(place?: Place, canConnectApps = false): Promise<CardRenderer> {
  const renderer = showCard(place, canConnectApps);
  await renderer.waitFor(() => {
    expect(renderer.getRootNode().toString()).not.toContain('Loading the check-in');
  });
  return renderer;
}

type Searchable = Pick<CardRenderer, 'findAll' | 'getRootNode'>;

/** A button of either kind by its label. */
export function button(renderer: Searchable, label: string) {
  const all = [...renderer.findAll(Button), ...renderer.findAll(LoadingButton)];
  const found = all.find((node) => node.text === label);
  if (found === undefined) {
    throw new Error(`no button "${label}"; there are: ${all.map((node) => node.text).join(', ')}`);
  }
  return found;
}

export const hasButton = (renderer: Searchable, label: string): boolean =>
  [...renderer.findAll(Button), ...renderer.findAll(LoadingButton)].some((node) => node.text === label);

/** How many primary buttons stand on the surface, those of closed panels left out. */
export function primaryButtons(renderer: Searchable): (string | null)[] {
  return [...renderer.findAll(Button), ...renderer.findAll(LoadingButton)]
    .filter((node) => node.props.variant === 'primary')
    .map((node) => node.text);
}

/** Everything that can be read on the surface, panels and accordion titles included. */
export const textOf = (renderer: Searchable): string => renderer.getRootNode().toString();

/** The lines of plain text. */
export const linesOf = (renderer: Searchable): (string | null)[] =>
  renderer.findAll(Text).map((node) => node.text);

/** What a handler gets from HubSpot; the handlers under test ignore it. */
export const click = (node: ReturnType<typeof button>): void => {
  node.trigger('onClick');
};
