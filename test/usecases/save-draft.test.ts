import { describe, expect, it } from '@jest/globals';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { anAnswer, COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const SUBMISSION = '0b8e6a55-3f0c-4d1e-8f3a-6f1f6b8f0c11';

const keep = (world: World, draft: Record<string, unknown>) =>
  saveDraft(world.deps, world.manager, COMPANY, { draft });
const kept = (world: World) =>
  world.inside((scope) => world.store.drafts.find(scope, world.manager.userId, COMPANY));

describe('a draft', () => {
  it('is kept with its id while its check-in is not saved', async () => {
    const world = await worlds.fresh();
    const draft = { submissionId: SUBMISSION, words: 'Half a sentence' };

    await keep(world, draft);

    expect(await kept(world)).toEqual(draft);
  });

  it('that comes in after its check-in was saved brings no words back', async () => {
    const world = await worlds.fresh();
    await world.record({ submissionId: SUBMISSION });

    await keep(world, { submissionId: SUBMISSION, words: anAnswer().words });

    expect(await kept(world)).toBeNull();
  });

  it('of the next conversation stays as it is where a late one of the last comes in', async () => {
    const world = await worlds.fresh();
    await world.record({ submissionId: SUBMISSION });
    await keep(world, { words: 'The second one.' });

    await keep(world, { submissionId: SUBMISSION, words: anAnswer().words });

    expect(await kept(world)).toEqual({ words: 'The second one.' });
  });

  it('that a newer one of the same form has overtaken is let go, whatever another form wrote', async () => {
    const world = await worlds.fresh();
    const edition = (form: string, count: number) => ({ form, count });
    const [here, beside] = ['0b8e6a55-3f0c-4d1e-8f3a-6f1f6b8f0c12', '0b8e6a55-3f0c-4d1e-8f3a-6f1f6b8f0c13'];
    await keep(world, { submissionId: SUBMISSION, words: 'Half a sentence', edition: edition(here, 2) });

    await keep(world, { submissionId: SUBMISSION, words: 'Half', edition: edition(here, 1) });
    const afterLate = await kept(world);
    await keep(world, { submissionId: SUBMISSION, words: 'A whole one.', edition: edition(beside, 1) });

    expect(afterLate).toMatchObject({ words: 'Half a sentence' });
    expect(await kept(world)).toMatchObject({ words: 'A whole one.' });
  });

  it('typed after a save whose reply was lost is kept, and may be saved as another conversation', async () => {
    const world = await worlds.fresh();
    await world.record({ submissionId: SUBMISSION });

    await keep(world, { submissionId: SUBMISSION, afterTry: true, words: 'And one more thing.' });

    expect(await kept(world)).toEqual({ words: 'And one more thing.' });
  });
});
