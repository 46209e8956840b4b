/**
 * HTML for the bodies of HubSpot tasks and notes: a fixed shape of <p>, <br>, <strong> and <a href>, into which every text is
 * escaped. Nothing that a person or a record says can become markup.
 */

/** HubSpot allows 65,536 characters; ours stay short enough to read on a phone. */
export const BODY_CAP_BYTES = 10_000;

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };
export type Paragraph = readonly Inline[];

export const plain = (text: string): Inline => ({ kind: 'text', text });
export const strong = (text: string): Inline => ({ kind: 'strong', text });
/** A link to an https address or a `tel:` number; with any other address only its text is shown. */
export const link = (text: string, href: string): Inline => ({ kind: 'link', text, href });

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const ELLIPSIS = '…';
const SAFE_HREF = /^(?:https:\/\/[^\s"'<>\\]+|tel:\+?\d+)$/i;

/** Returns a text in which no character is markup. Control characters are dropped and broken surrogates replaced by U+FFFD. */
export function escapeHtml(text: string): string {
  return Array.from(text, escapedCharacter).join('');
}

/**
 * Returns the paragraphs as HTML of at most `maxBytes` UTF-8 bytes; a longer text ends in "…" and what follows it is left out.
 * Line breaks within a text become <br>.
 */
export function renderBody(paragraphs: readonly Paragraph[], maxBytes = BODY_CAP_BYTES): string {
  let html = '';
  for (const paragraph of paragraphs) {
    const room = maxBytes - byteLength(html) - byteLength('<p></p>');
    if (room <= 0) return html;
    const content = renderInlines(paragraph, room);
    html += `<p>${content.html}</p>`;
    if (content.isCut) return html;
  }
  return html;
}

type Fitted = { readonly html: string; readonly isCut: boolean };

function renderInlines(inlines: readonly Inline[], maxBytes: number): Fitted {
  let html = '';
  for (const inline of inlines) {
    const [open, close] = tagsOf(inline);
    const room = maxBytes - byteLength(html) - byteLength(open) - byteLength(close);
    if (room < byteLength(ELLIPSIS)) return { html, isCut: true };
    const content = fitText(inline.text, room);
    html += open + content.html + close;
    if (content.isCut) return { html, isCut: true };
  }
  return { html, isCut: false };
}

function tagsOf(inline: Inline): readonly [string, string] {
  if (inline.kind === 'strong') return ['<strong>', '</strong>'];
  if (inline.kind === 'link' && SAFE_HREF.test(inline.href)) {
    return [`<a href="${escapeHtml(inline.href)}">`, '</a>'];
  }
  return ['', ''];
}

function fitText(text: string, maxBytes: number): Fitted {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const pieces = Array.from(lines, (character) =>
    character === '\n' ? '<br>' : escapedCharacter(character),
  );
  const whole = pieces.join('');
  if (byteLength(whole) <= maxBytes) return { html: whole, isCut: false };
  let html = '';
  let left = maxBytes - byteLength(ELLIPSIS);
  for (const piece of pieces) {
    left -= byteLength(piece);
    if (left < 0) break;
    html += piece;
  }
  return { html: html + ELLIPSIS, isCut: true };
}

function escapedCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 && character !== '\t' && character !== '\n') return '';
  if (code === 0x7f) return '';
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
  return ESCAPES[character] ?? character;
}

const encoder = new TextEncoder();
const PRINTABLE_ASCII = /^[ -~]*$/;

/** Most texts are ASCII, and there are several in each of a quarter's tasks: those need no encoding to be measured. */
function byteLength(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : encoder.encode(text).length;
}
