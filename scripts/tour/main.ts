import { parseArgs } from 'node:util';
import { playStory, type Story, type StoryResult } from './play.ts';
import { STORIES } from './stories.ts';
import { openWorld } from './world.ts';

/** `npm run tour`: plays the worked stories against the sandbox, over sockets, each from the install on. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false } },
  });
  const chosen = storiesNamed(positionals);
  const results: StoryResult[] = [];
  for (const [index, story] of chosen.entries()) {
    progress(`${index + 1}/${chosen.length} ${story.title}`);
    const result = await playStory(story, openWorld, (step) => progress(`  ${step.name}`));
    results.push(result);
    if (!values.json) process.stdout.write(linesOf(result, values.verbose));
  }
  const failed = results.filter((result) => !result.passed).length;
  const passed = results.length - failed;
  if (values.json) process.stdout.write(`${JSON.stringify({ stories: results, passed, failed })}\n`);
  else process.stdout.write(`${passed} of ${results.length} stories hold.\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function storiesNamed(ids: readonly string[]): readonly Story[] {
  if (ids.length === 0) return STORIES;
  const unknown = ids.find((id) => STORIES.every((story) => story.id !== id));
  if (unknown !== undefined) {
    throw new Error(
      `There is no story "${unknown}". Choose from: ${STORIES.map(({ id }) => id).join(', ')}.`,
    );
  }
  return STORIES.filter(({ id }) => ids.includes(id));
}

/** One line a story; its steps where one failed or where they are asked for. */
function linesOf({ title, passed, steps }: StoryResult, verbose: boolean): string {
  const shown = passed && !verbose ? [] : steps;
  return [
    `${mark(passed)} ${title}`,
    ...shown.map((step) => `    ${mark(step.passed)} ${step.name}${detailOf(step.detail)}`),
    '',
  ].join('\n');
}

function mark(passed: boolean): string {
  return passed ? '✓' : '✗';
}

function detailOf(detail: string): string {
  return detail === '' ? '' : `\n        ${detail.replaceAll('\n', '\n        ')}`;
}

/** Where the run is, beside the results and never among them. */
function progress(line: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
