const ALLOWED = /<p>|<\/p>|<br>|<strong>|<\/strong>|<a href="(?:https:\/\/[^"<>\s]+|tel:\+?\d+)">|<\/a>/giy;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Reads a body as strictly as can be: throws at any node that is not allowed, badly nested or not closed. */
export function readHtml(html: string): { paragraphs: string[]; links: string[] } {
  const paragraphs: string[] = [];
  const links: string[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < html.length) {
    ALLOWED.lastIndex = at;
    const tag = html[at] === '<' ? ALLOWED.exec(html)?.[0] : undefined;
    if (tag !== undefined) {
      readTag(tag, open, paragraphs, links);
      at += tag.length;
      continue;
    }
    const piece = /^(?:&(?:amp|lt|gt|quot|#39);|[^<>&"'])/u.exec(html.slice(at, at + 8))?.[0];
    if (piece === undefined) throw new Error(`not allowed at ${at}: ${html.slice(at, at + 30)}`);
    if (open[0] !== 'p') throw new Error(`text outside a paragraph at ${at}`);
    addText(paragraphs, ENTITIES[piece] ?? piece);
    at += piece.length;
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(' ')}`);
  return { paragraphs, links };
}

function readTag(tag: string, open: string[], paragraphs: string[], links: string[]): void {
  const name = /^<\/?(\w+)/.exec(tag)?.[1] ?? '';
  if (tag === '<br>') {
    if (open[0] !== 'p') throw new Error('line break outside a paragraph');
    addText(paragraphs, '\n');
  } else if (tag.startsWith('</')) {
    if (open.pop() !== name) throw new Error(`wrong close of ${name}`);
  } else {
    const depth = name === 'p' ? 0 : 1;
    if (open.length !== depth) throw new Error(`${name} within ${open.join(' ')}`);
    if (name === 'p') paragraphs.push('');
    if (name === 'a') links.push(/"(.*)"/.exec(tag)?.[1] ?? '');
    open.push(name);
  }
}

function addText(paragraphs: string[], text: string): void {
  paragraphs.push((paragraphs.pop() ?? '') + text);
}
