/** Small mechanical mistakes, one at a time, made by TypeScript's own parser. */
import ts from 'typescript';

export type Mutant = {
  readonly line: number;
  /** That line as it stands in the file, without its indent. */
  readonly code: string;
  /** What stood there, and what stands there now. */
  readonly from: string;
  readonly to: string;
  /** 1 for the first such change in that line, 2 for the next one. */
  readonly occurrence: number;
  /** The whole file with the mistake in it. */
  readonly text: string;
};

type Edit = { readonly start: number; readonly end: number; readonly to: string };

const SWAPPED: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};
const SWAPPED_NAMES: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
};

/** Returns every mutant of a file: comparisons and operators flipped, numbers one off, conditions dropped, branches swapped. */
export function mutantsOf(fileName: string, text: string): Mutant[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2023, true);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    edits.push(...editsOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  edits.sort((left, right) => left.start - right.start);
  return numbered(edits.map((edit) => mutantOf(edit, text, source)));
}

function numbered(mutants: readonly Omit<Mutant, 'occurrence'>[]): Mutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const key = JSON.stringify([mutant.line, mutant.from, mutant.to]);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return { ...mutant, occurrence };
  });
}

function mutantOf({ start, end, to }: Edit, text: string, source: ts.SourceFile): Omit<Mutant, 'occurrence'> {
  const { line } = source.getLineAndCharacterOfPosition(start);
  return {
    line: line + 1,
    code: text.split('\n')[line]?.trim() ?? '',
    from: text.slice(start, end),
    to,
    text: text.slice(0, start) + to + text.slice(end),
  };
}

function editsOf(node: ts.Node, source: ts.SourceFile): Edit[] {
  const whole = (to: string): Edit[] => [{ start: node.getStart(source), end: node.getEnd(), to }];
  if (ts.isBinaryExpression(node)) return operatorEdits(node.operatorToken, source);
  if (ts.isNumericLiteral(node)) return whole(String(Number(node.text) + 1));
  if (node.kind === ts.SyntaxKind.TrueKeyword) return whole('false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) return whole('true');
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return whole(node.operand.getText(source));
  if (ts.isConditionalExpression(node)) return whole(swappedBranches(node, source));
  if (ts.isIfStatement(node)) return conditionEdits(node.expression, source);
  if (ts.isPropertyAccessExpression(node)) return nameEdits(node.name, source);
  return [];
}

function operatorEdits(token: ts.BinaryOperatorToken, source: ts.SourceFile): Edit[] {
  const to = SWAPPED[token.getText(source)];
  return to === undefined ? [] : [{ start: token.getStart(source), end: token.getEnd(), to }];
}

function nameEdits(name: ts.MemberName, source: ts.SourceFile): Edit[] {
  const to = Object.hasOwn(SWAPPED_NAMES, name.text) ? SWAPPED_NAMES[name.text] : undefined;
  return to === undefined ? [] : [{ start: name.getStart(source), end: name.getEnd(), to }];
}

function swappedBranches(
  { condition, whenTrue, whenFalse }: ts.ConditionalExpression,
  source: ts.SourceFile,
) {
  const text = (node: ts.Node) => node.getText(source);
  return `${text(condition)} ? ${text(whenFalse)} : ${text(whenTrue)}`;
}

function conditionEdits(condition: ts.Expression, source: ts.SourceFile): Edit[] {
  const place = { start: condition.getStart(source), end: condition.getEnd() };
  return [
    { ...place, to: 'true' },
    { ...place, to: 'false' },
  ];
}
