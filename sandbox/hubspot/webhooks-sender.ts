import { signatureHeaders } from './proxy-signature.ts';
import { sendToBackend } from './proxy-transport.ts';
import { createRandom, shuffled } from './random.ts';
import type { Simulator } from './simulator-types.ts';
import type { ControlWebhooks } from './webhooks-contract.ts';
import { emittedEvent, eventsFor, type WebhookEvent } from './webhooks-events.ts';
import { createOpenEvents, type OpenEvent, type OpenEvents } from './webhooks-open-events.ts';
import { judgeStatus, nextTryInMs, replyTimeoutMs } from './webhooks-schedule.ts';

export type WebhookParts = Pick<Simulator, 'clock' | 'state' | 'timers' | 'options'>;

export type WebhookOptions = {
  /** Simulated milliseconds from a change to its delivery; default 1,000. */
  readonly delayMs?: number;
  /** Real milliseconds to wait for the app's reply; default 5,000. */
  readonly replyTimeoutMs?: number;
};

/** One try to deliver. `status` is null where no reply came. */
export type Attempt = {
  readonly attemptNumber: number;
  /** Simulated. */
  readonly at: string;
  readonly status: number | null;
  readonly error: string | null;
};

/** A batch of events under way or done. */
export type Delivery = {
  readonly deliveryId: number;
  readonly portalId: number;
  readonly url: string;
  /** As posted the first time. */
  readonly events: readonly WebhookEvent[];
  readonly attempts: Attempt[];
  state: 'retrying' | 'delivered' | 'stopped' | 'gaveUp' | 'dropped';
  nextTryAt: string | null;
};

export interface WebhookSender {
  /** Applies a control request; returns how many events wait now and whether they are held. */
  control(request: ControlWebhooks): { readonly waiting: number; readonly held: boolean };
  view(portalId: number | null): {
    readonly heldPortals: readonly number[];
    readonly waiting: readonly WebhookEvent[];
    readonly deliveries: readonly Delivery[];
  };
}

/** HubSpot posts at most this many events at once. */
const largestBatch = 100;
/** Enough for any test; older ones are forgotten. */
const mostDeliveries = 5_000;

type Sent = {
  readonly status: number | null;
  readonly error: string | null;
  readonly retryAfterSeconds: number | null;
};

function unsent(error: string): Sent {
  return { status: null, error, retryAfterSeconds: null };
}

/** One signed POST to the app's target URL, mapped to the backend on this machine. */
async function post(parts: WebhookParts, events: readonly WebhookEvent[], timeoutMs: number): Promise<Sent> {
  const { app, backendOrigin } = parts.options;
  const origin = backendOrigin();
  if (origin === null) return unsent('no backend is running');
  const uri = app.webhooks.targetUrl;
  const body = JSON.stringify(events);
  const timestampMs = parts.clock.now().getTime();
  const signed = { secret: app.clientSecret, method: 'POST', uri, body, timestampMs };
  const reply = await sendToBackend({
    origin,
    method: 'POST',
    target: uri.replace(/^https?:\/\/[^/?]+/i, '') || '/',
    headers: { 'Content-Type': 'application/json', ...signatureHeaders(signed) },
    body,
    timeoutMs,
    maxReplyBytes: 1_000_000,
  });
  if (reply.kind === 'timedOut') return unsent('no reply in time');
  if (reply.kind === 'tooLarge') return unsent('the reply is too large');
  if (reply.kind === 'connectionFailed') return unsent(reply.reason);
  const wanted = reply.status === 429 ? Number(reply.headers['retry-after']) : Number.NaN;
  return { status: reply.status, error: null, retryAfterSeconds: Number.isFinite(wanted) ? wanted : null };
}

class QueueingSender implements WebhookSender {
  readonly #parts: WebhookParts;
  readonly #delayMs: number;
  readonly #timeoutMs: number;
  readonly #random: () => number;
  readonly #open: OpenEvents;
  readonly #held = new Set<number>();
  readonly #planned = new Set<number>();
  readonly #deliveries: Delivery[] = [];
  #lastDeliveryId = 0;
  #lastEventId = 100_000;

  constructor(parts: WebhookParts, options: WebhookOptions) {
    this.#parts = parts;
    this.#delayMs = options.delayMs ?? 1_000;
    this.#timeoutMs = options.replyTimeoutMs ?? replyTimeoutMs;
    this.#random = createRandom(parts.options.seed ?? 1);
    this.#open = createOpenEvents(parts.state);
    this.#restore();
    parts.state.onMutation((mutation) => {
      if (this.#isInstalled(mutation.portalId))
        this.#enqueue(eventsFor(mutation, parts.options.app, this.#eventId));
    });
  }

  control(request: ControlWebhooks): { readonly waiting: number; readonly held: boolean } {
    const { portalId } = request;
    const { app } = this.#parts.options;
    const context = { portalId, app, nextEventId: this.#eventId, now: this.#parts.clock.now() };
    const emitted = (request.emit ?? []).map((event) => emittedEvent(event, context));
    const copies = request.duplicate === undefined ? [] : this.#twins(portalId, emitted, request.duplicate);
    if (request.hold === true) this.#held.add(portalId);
    this.#enqueue([...emitted, ...copies]);
    if (request.reorder === true) this.#open.reorder(portalId, (list) => shuffledAway(list, this.#random));
    if (request.release === true || request.hold === false) {
      this.#held.delete(portalId);
      this.#planFlush(portalId, 0);
    }
    return { waiting: this.#open.waiting(portalId).length, held: this.#held.has(portalId) };
  }

  view(portalId: number | null): ReturnType<WebhookSender['view']> {
    return {
      heldPortals: [...this.#held],
      waiting: this.#open.waiting(portalId).map((entry) => entry.event),
      deliveries: this.#deliveries.filter((one) => portalId === null || one.portalId === portalId),
    };
  }

  readonly #eventId = (): number => {
    this.#lastEventId += 1;
    return this.#lastEventId;
  };

  #isInstalled(portalId: number): boolean {
    return (this.#parts.state.portals.get(portalId)?.install ?? null) !== null;
  }

  #restore(): void {
    for (const group of this.#open.restore()) {
      const [first] = group;
      if (first === undefined) continue;
      const { portalId } = first.event;
      if (first.attemptNumber === 0) this.#planFlush(portalId, 0);
      else this.#parts.timers.at(first.dueAt, () => this.#attempt(this.#newDelivery(portalId, group), group));
    }
  }

  #enqueue(events: readonly WebhookEvent[]): void {
    for (const event of events) {
      this.#open.add(event);
      this.#planFlush(event.portalId, this.#delayMs);
    }
  }

  #planFlush(portalId: number, delayMs: number): void {
    if (delayMs > 0 && this.#planned.has(portalId)) return;
    this.#planned.add(portalId);
    this.#parts.timers.at(new Date(this.#parts.clock.now().getTime() + delayMs), () => {
      this.#planned.delete(portalId);
      return this.#flush(portalId);
    });
  }

  async #flush(portalId: number): Promise<void> {
    while (!this.#held.has(portalId)) {
      const batch = this.#open.take(portalId, largestBatch);
      if (batch.length === 0) return;
      await this.#attempt(this.#newDelivery(portalId, batch), batch);
    }
  }

  #newDelivery(portalId: number, batch: readonly OpenEvent[]): Delivery {
    this.#lastDeliveryId += 1;
    const delivery: Delivery = {
      deliveryId: this.#lastDeliveryId,
      portalId,
      url: this.#parts.options.app.webhooks.targetUrl,
      events: batch.map((entry) => entry.event),
      attempts: [],
      state: 'retrying',
      nextTryAt: null,
    };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > mostDeliveries) this.#deliveries.shift();
    return delivery;
  }

  async #attempt(delivery: Delivery, batch: readonly OpenEvent[]): Promise<void> {
    if (!this.#isInstalled(delivery.portalId)) {
      this.#finish(delivery, batch, 'dropped');
      return;
    }
    const attemptNumber = batch[0]?.attemptNumber ?? 0;
    const at = this.#parts.clock.now().toISOString();
    const events = batch.map(({ event }) => ({ ...event, attemptNumber }));
    const sent = await post(this.#parts, events, this.#timeoutMs);
    delivery.attempts.push({ attemptNumber, at, status: sent.status, error: sent.error });
    const { settings } = this.#parts.state.portals.get(delivery.portalId) ?? {};
    const verdict = judgeStatus(sent.status, settings?.webhookStopStatuses ?? []);
    if (verdict === 'failed') this.#planRetry(delivery, batch, attemptNumber, sent.retryAfterSeconds);
    else this.#finish(delivery, batch, verdict);
  }

  #planRetry(
    delivery: Delivery,
    batch: readonly OpenEvent[],
    attemptNumber: number,
    retryAfterSeconds: number | null,
  ): void {
    const waitMs = nextTryInMs(attemptNumber, this.#random, retryAfterSeconds);
    if (waitMs === null) {
      this.#finish(delivery, batch, 'gaveUp');
      return;
    }
    const nextTryAt = new Date(this.#parts.clock.now().getTime() + waitMs);
    delivery.nextTryAt = nextTryAt.toISOString();
    const later = this.#open.retryAt(batch, nextTryAt);
    this.#parts.timers.at(nextTryAt, () => this.#attempt(delivery, later));
  }

  #finish(delivery: Delivery, batch: readonly OpenEvent[], result: Delivery['state']): void {
    delivery.state = result;
    delivery.nextTryAt = null;
    this.#open.close(batch);
  }

  #twins(portalId: number, emitted: readonly WebhookEvent[], times: number): WebhookEvent[] {
    const waiting = this.#open.waiting(portalId).map((entry) => entry.event);
    const delivered = this.#deliveries.findLast(
      (one) => one.portalId === portalId && one.state === 'delivered',
    );
    const fallback = waiting.length > 0 ? waiting : (delivered?.events ?? []);
    const originals = emitted.length > 0 ? emitted : fallback;
    return Array.from({ length: times }, () => originals).flat();
  }
}

/**
 * Tells the app what changed: listens to the simulator's mutations, posts signed batches to the app's target URL, and tries
 * again as HubSpot does. Events that the app has not accepted survive a restart of the sandbox.
 */
export function createWebhookSender(parts: WebhookParts, options: WebhookOptions = {}): WebhookSender {
  return new QueueingSender(parts, options);
}

/** Another order than before, whenever there is one. */
function shuffledAway<T>(list: readonly T[], random: () => number): T[] {
  const result = shuffled(list, random);
  return result.every((item, index) => item === list[index]) ? result.reverse() : result;
}
