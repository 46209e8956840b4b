import type { ApiCall, Reply } from './api-route.ts';
import { HubSpotError, invalid } from './errors.ts';
import { shuffled } from './random.ts';
import type { Planned } from './write-plan.ts';

/** HubSpot's cap for batches of records. */
export const LARGEST_BATCH = 100;

export interface TracedInput {
  readonly objectWriteTraceId?: string | undefined;
}

interface Outcome<I> {
  readonly input: I;
  readonly planned?: Planned;
  readonly error?: HubSpotError;
}

/** Throws 400 for an empty batch or one over the cap. */
export function checkBatchSize(inputs: readonly unknown[], largest: number): void {
  if (inputs.length === 0) throw invalid('inputs must not be empty');
  if (inputs.length > largest) {
    throw invalid(
      `The maximum batch size is ${String(largest)}, but ${String(inputs.length)} inputs were sent`,
      {
        errors: [
          { message: 'batch too large', code: 'MAX_BATCH_SIZE_EXCEEDED', context: { field: ['inputs'] } },
        ],
      },
    );
  }
}

/**
 * Plans every input and commits. Without trace ids one bad input fails the whole batch; with them the good ones commit and
 * a 207 lists the rest by trace id. A taken unique value fails the whole batch unless the portal's switch says 207.
 */
export function writeBatch<I extends TracedInput>(
  call: ApiCall,
  inputs: readonly I[],
  successStatus: number,
  plan: (input: I) => Planned,
  view: (planned: Planned, input: I) => Record<string, unknown>,
): Reply {
  const startedAt = call.now.toISOString();
  const outcomes = inputs.map((input) => tryPlan(input, plan));
  const fatal = outcomes.find(
    ({ input, error }) => error !== undefined && isFatal(call, input, error),
  )?.error;
  if (fatal !== undefined) throw fatal;
  const good = outcomes.flatMap(({ input, planned }) => (planned === undefined ? [] : [{ input, planned }]));
  call.context.state.commit(
    good.flatMap(({ planned }) => planned.changes),
    good.flatMap(({ planned }) => planned.mutations),
  );
  const results = good.map(({ input, planned }) => ({
    ...view(planned, input),
    ...(input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId }),
  }));
  const errors = outcomes.flatMap(({ input, error }) =>
    error === undefined ? [] : [error.item({ objectWriteTraceId: [input.objectWriteTraceId ?? ''] })],
  );
  return batchReply(call, successStatus, inBatchOrder(call, results), errors, startedAt);
}

/** A batch's reply: 207 as soon as it carries errors. */
export function batchReply(
  call: ApiCall,
  successStatus: number,
  results: readonly unknown[],
  errors: readonly unknown[],
  startedAt: string,
): Reply {
  return {
    status: errors.length === 0 ? successStatus : 207,
    body: {
      status: 'COMPLETE',
      results,
      ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
      startedAt,
      completedAt: call.context.clock.now().toISOString(),
    },
  };
}

/** HubSpot promises no order of results: they are shuffled unless the portal's switch says otherwise. */
export function inBatchOrder<T>(call: ApiCall, results: readonly T[]): readonly T[] {
  return call.portal.settings.batchOrder === 'shuffled' ? shuffled(results, call.context.random) : results;
}

function tryPlan<I>(input: I, plan: (input: I) => Planned): Outcome<I> {
  try {
    return { input, planned: plan(input) };
  } catch (error) {
    if (error instanceof HubSpotError) return { input, error };
    throw error;
  }
}

function isFatal(call: ApiCall, input: TracedInput, error: HubSpotError): boolean {
  if (input.objectWriteTraceId === undefined) return true;
  const isConflict =
    error.fields.errors?.some((detail) => detail.code === 'CONFLICTING_UNIQUE_VALUE') ?? false;
  return isConflict && call.portal.settings.uniqueConflict !== '207';
}
