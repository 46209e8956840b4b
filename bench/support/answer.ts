type Question = { readonly id: number; readonly what: string; readonly input: unknown };
type Answerer = (input: never) => Promise<unknown>;

/** Answers the questions of the process that started this one; `onEnd` runs at SIGTERM or when that process is gone. */
export function answerParent(
  answerers: Readonly<Record<string, Answerer>>,
  onEnd: () => Promise<void>,
): void {
  process.on('message', (message) => {
    const { id, what, input } = message as Question;
    const answer = answerers[what];
    const answered =
      answer === undefined ? Promise.reject(new Error(`nobody answers "${what}"`)) : answer(input as never);
    answered.then(
      (reply) => process.send?.({ id, reply }),
      (error: unknown) => process.send?.({ id, error: wordsOf(error) }),
    );
  });
  const end = () => {
    void onEnd().finally(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
