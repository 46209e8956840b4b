import type { Mutation } from './model.ts';
import { findObjectType } from './object-types.ts';
import type { SimulatorApp } from './simulator-types.ts';
import type { EmittedEvent } from './webhooks-contract.ts';

/** One event as HubSpot posts it (webhooks guide); which fields are there depends on the type. */
export type WebhookEvent = {
  readonly eventId: number;
  readonly subscriptionId: number;
  readonly portalId: number;
  readonly appId: number;
  /** Milliseconds. */
  readonly occurredAt: number;
  readonly subscriptionType: string;
  readonly attemptNumber: number;
  readonly objectId: number;
  readonly objectTypeId?: string;
  readonly changeSource: string;
  readonly sourceId?: string;
  readonly changeFlag?: string;
  readonly propertyName?: string;
  readonly propertyValue?: string;
  readonly primaryObjectId?: number;
  readonly mergedObjectIds?: readonly number[];
  readonly newObjectId?: number;
  readonly fromObjectId?: number;
  readonly toObjectId?: number;
  readonly associationRemoved?: boolean;
};

type Subscription = SimulatorApp['webhooks']['subscriptions'][number];

/** The id HubSpot would have given to the subscription at that place of the app's list. */
export function subscriptionIdAt(place: number): number {
  return 3_100_201 + place;
}

function matches({ subscriptionType, objectType, propertyName }: Subscription, mutation: Mutation): boolean {
  // The cheap questions first: a batch of writes asks this thousands of times.
  if (!subscriptionType.endsWith(`.${mutation.kind}`)) return false;
  if (mutation.kind === 'propertyChange' && propertyName !== mutation.propertyName) return false;
  const subject = subscriptionType.slice(0, subscriptionType.indexOf('.'));
  const named = subject === 'object' ? objectType : subject;
  return named === findObjectType(mutation.objectType)?.singular;
}

const changeFlags: Readonly<Partial<Record<Mutation['kind'], string>>> = {
  creation: 'CREATED',
  deletion: 'DELETED',
  restore: 'RESTORED',
};

function details(mutation: Mutation): Partial<WebhookEvent> {
  const { kind } = mutation;
  if (kind === 'propertyChange') {
    return { propertyName: mutation.propertyName ?? '', propertyValue: mutation.propertyValue ?? '' };
  }
  if (kind === 'merge') {
    return {
      primaryObjectId: Number(mutation.primaryObjectId ?? mutation.objectId),
      mergedObjectIds: (mutation.mergedObjectIds ?? []).map(Number),
      newObjectId: Number(mutation.newObjectId ?? mutation.objectId),
    };
  }
  if (kind === 'associationChange') {
    return {
      fromObjectId: Number(mutation.fromObjectId ?? mutation.objectId),
      toObjectId: Number(mutation.toObjectId),
      associationRemoved: mutation.associationRemoved ?? false,
    };
  }
  const changeFlag = changeFlags[kind];
  return changeFlag === undefined ? {} : { changeFlag };
}

/**
 * The events that a mutation causes: one for each subscription of the app that fits it, none for what it does not ask for.
 * @param nextEventId gives each event its id; HubSpot does not promise that ids are unique, so nothing may rely on it
 */
export function eventsFor(mutation: Mutation, app: SimulatorApp, nextEventId: () => number): WebhookEvent[] {
  return app.webhooks.subscriptions.flatMap((subscription, place) => {
    if (!matches(subscription, mutation)) return [];
    const isObjectEvent = subscription.subscriptionType.startsWith('object.');
    const typeId = findObjectType(mutation.objectType)?.typeId;
    const event: WebhookEvent = {
      eventId: nextEventId(),
      subscriptionId: subscriptionIdAt(place),
      portalId: mutation.portalId,
      appId: app.appId,
      occurredAt: mutation.occurredAt.getTime(),
      subscriptionType: subscription.subscriptionType,
      attemptNumber: 0,
      objectId: Number(mutation.objectId),
      ...(isObjectEvent && typeId !== undefined ? { objectTypeId: typeId } : {}),
      changeSource: mutation.changeSource,
      ...(mutation.sourceId === undefined ? {} : { sourceId: mutation.sourceId }),
      ...details(mutation),
    };
    return [event];
  });
}

/** An event made by hand, completed with what HubSpot would say where the caller says nothing. */
export function emittedEvent(
  emitted: EmittedEvent,
  context: { portalId: number; app: SimulatorApp; nextEventId: () => number; now: Date },
): WebhookEvent {
  const { app, portalId } = context;
  const place = app.webhooks.subscriptions.findIndex(
    (one) => one.subscriptionType === emitted.subscriptionType,
  );
  const given = Object.fromEntries(Object.entries(emitted).filter(([, value]) => value !== undefined));
  return {
    eventId: context.nextEventId(),
    subscriptionId: subscriptionIdAt(Math.max(0, place)),
    portalId,
    appId: app.appId,
    occurredAt: context.now.getTime(),
    subscriptionType: emitted.subscriptionType,
    attemptNumber: 0,
    objectId: emitted.objectId,
    changeSource: 'CRM_UI',
    ...given,
  };
}
