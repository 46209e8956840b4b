import { asUserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { StoredReply, TenantScope } from '../usecases/records.ts';
import type { SubmissionStore } from '../usecases/store-port.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

type Submission = Parameters<SubmissionStore['once']>[1];

/** The insert comes first: a parallel call with the same id waits on it until this transaction ends, then finds its reply. */
export const submissions: SubmissionStore = {
  once: async <Reply>(scope: TenantScope, submission: Submission, work: () => Promise<Reply>) => {
    const isFirst = await claim(scope, submission);
    if (!isFirst) return stored<Reply>(scope, submission);
    const text = toJson((await work()) ?? null);
    await txOf(scope)
      .updateTable('submissions')
      .set({ reply: text })
      .where('portalId', '=', scope.portalId)
      .where('submissionId', '=', submission.submissionId)
      .execute();
    // The caller names the type: the text was made from a value of it, under the same submission id.
    return JSON.parse(text) as Reply;
  },
  find,
  isUsed: async (scope, submissionId) => {
    const isFree = await claim(scope, { submissionId, ...NOBODY });
    if (isFree) await giveBack(scope, submissionId);
    return !isFree;
  },
};

/** Whoever only asks takes the id for a moment: to look for its row would overlook a call that has not ended yet. */
const NOBODY = { authorUserId: asUserId(0), bodyHash: '', at: new Date(0) };

async function giveBack(scope: TenantScope, submissionId: string): Promise<void> {
  const rows = txOf(scope).deleteFrom('submissions').where('portalId', '=', scope.portalId);
  await rows.where('submissionId', '=', submissionId).execute();
}

async function claim(scope: TenantScope, submission: Submission): Promise<boolean> {
  const { submissionId, authorUserId, bodyHash, at } = submission;
  const inserted = await txOf(scope)
    .insertInto('submissions')
    .values({ portalId: scope.portalId, submissionId, authorUserId, bodyHash, submittedAt: at, reply: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

async function stored<Reply>(scope: TenantScope, submission: Submission): Promise<Reply> {
  const row = await find(scope, submission.submissionId);
  if (row?.bodyHash !== submission.bodyHash || row.authorUserId !== submission.authorUserId) {
    throw new AppError('conflict', 'This id was used for something else.', {
      hint: 'Reload, then send it again: it gets a new id.',
    });
  }
  if (row.reply === null) {
    throw new AppError(
      'conflict',
      'This was saved already; its copy went with the person whose data was erased.',
      {
        hint: 'Reload to see what is saved.',
      },
    );
  }
  return row.reply as Reply;
}

async function find(scope: TenantScope, submissionId: string): Promise<StoredReply | null> {
  const row = await txOf(scope)
    .selectFrom('submissions')
    .select(['bodyHash', 'authorUserId', 'reply'])
    .where('portalId', '=', scope.portalId)
    .where('submissionId', '=', submissionId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, reply: JSON.parse(row.reply ?? 'null') as unknown };
}
