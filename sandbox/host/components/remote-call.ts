/** The event a HubSpot component hands to its handlers: plain data, because it crosses to a worker. */
export interface PlainEvent {
  type: string;
  bubbles: boolean;
  timeStamp: number;
  id: string;
}

/** A handler that lives in the worker; its failure belongs to the extension and is only logged here. */
export function callRemote<Args extends unknown[]>(
  handler: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  if (handler === undefined) return;
  Promise.resolve(handler(...args)).catch((error: unknown) => console.error('extension handler:', error));
}

/** The plain part of a DOM event. */
export function plainEvent(event: {
  type: string;
  bubbles: boolean;
  timeStamp: number;
  target: EventTarget;
}): PlainEvent {
  const { type, bubbles, timeStamp } = event;
  return { type, bubbles, timeStamp, id: event.target instanceof Element ? event.target.id : '' };
}
