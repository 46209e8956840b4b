import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { BANNED_WORDS, bannedWordsIn } from '../../src/core/banned-words.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** Where words that people read may stand. */
const WORDED = ['src/core', 'src/usecases', 'src/http', 'extensions/app', 'extension-kit'];
const NOT_WORDS = new Set(['src/core/banned-words.ts']);

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sourceFiles(file);
    return /\.tsx?$/.test(entry.name) && !NOT_WORDS.has(file) ? [file] : [];
  });
}

/** Every string of a file and every text between its tags; code such as `true` is none. */
function wordsOf(file: string, source: string): string[] {
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isJsxText(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node);
    if (isText) words.push(node.text);
    ts.forEachChild(node, visit);
  };
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind));
  return words;
}

describe('words that are never used', () => {
  it('stand in no string of the product', () => {
    const files = WORDED.flatMap(sourceFiles);

    const found = files.flatMap((file) =>
      wordsOf(file, readFileSync(path.join(ROOT, file), 'utf8'))
        .flatMap(bannedWordsIn)
        .map((word) => `${file}: ${word}`),
    );

    expect(files).toContain('src/core/wording.ts');
    expect(found).toEqual([]);
  });

  it('are found in strings, templates and between tags', () => {
    const source = 'const a = "a lie"; const b = `${a} fake ${a} spies? spy`; const c = <b>worst</b>; false;';

    expect(wordsOf('x.tsx', source).flatMap(bannedWordsIn)).toEqual(['lie', 'fake', 'spy', 'worst']);
  });

  it.each(BANNED_WORDS)('include %j in any case and beside punctuation', (word) => {
    expect(bannedWordsIn(`(${word.toUpperCase()}!)`)).toEqual([word.toUpperCase()]);
  });

  it('include common endings and a hyphen for a blank', () => {
    expect(bannedWordsIn('two red-flags, three suspects, cheating and offenders')).toEqual([
      'red-flags',
      'suspects',
      'cheating',
      'offenders',
    ]);
  });

  it('are not parts of other words', () => {
    expect(bannedWordsIn('The client believes in earlier deliveries; inspect and respect.')).toEqual([]);
  });
});
