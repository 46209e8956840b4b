import type { World } from './world.ts';

/** Runs one step of a story; what it throws becomes the step's detail and ends the story. */
export type Step = (name: string, work: () => Promise<void> | void) => Promise<void>;

/** One worked story, played from the install on in a sandbox of its own. */
export type Story = {
  readonly id: string;
  readonly title: string;
  /** Simulated instant at which its sandbox starts. */
  readonly startsAt: string;
  readonly play: (world: World, step: Step) => Promise<void>;
};

export type StepResult = { readonly name: string; readonly passed: boolean; readonly detail: string };
export type StoryResult = {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
};

/** Ends a story after its first failed step: what follows would only fail for the same reason. */
class StoryEnded extends Error {}

/**
 * Plays a story to its end or its first failed step. Never rejects: what breaks outside a step is a failed step too.
 * @param openWorld starts the story's sandbox
 * @param onStep told of each step as it ends
 */
export async function playStory(
  story: Story,
  openWorld: (startsAt: string) => Promise<World>,
  onStep: (step: StepResult) => void = () => undefined,
): Promise<StoryResult> {
  const steps: StepResult[] = [];
  const keep = (step: StepResult) => {
    steps.push(step);
    onStep(step);
  };
  try {
    const world = await openWorld(story.startsAt);
    try {
      await story.play(world, runStep(keep));
    } finally {
      await world.close();
    }
  } catch (error) {
    if (!(error instanceof StoryEnded)) {
      keep({ name: 'the sandbox holds', passed: false, detail: messageOf(error) });
    }
  }
  const passed = steps.length > 0 && steps.every((step) => step.passed);
  return { id: story.id, title: story.title, passed, steps };
}

function runStep(keep: (step: StepResult) => void): Step {
  return async (name, work) => {
    try {
      await work();
    } catch (error) {
      keep({ name, passed: false, detail: messageOf(error) });
      throw new StoryEnded();
    }
    keep({ name, passed: true, detail: '' });
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
