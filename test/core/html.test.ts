import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Inline, Paragraph } from '../../src/core/html.ts';
import { BODY_CAP_BYTES, escapeHtml, link, plain, renderBody, strong } from '../../src/core/html.ts';
import { readHtml } from './read-html.ts';

/** What a reader may expect of a text: one kind of line break, no control characters, no half characters. */
function readable(text: string): string {
  return Buffer.from(text)
    .toString()
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(/[\p{Cc}]/gu, (character) =>
      character === '\n' || character === '\t' || character >= '\u0080' ? character : '',
    );
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.stringMatching(/^[<>&"'/=a-z;#\n\r\t ]{0,60}$/),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '</p><img src=x onerror=alert(1)>',
    '"><a href="javascript:alert(1)">',
    '&lt;b&gt; &amp;',
    '\u202Eevil\u0000\u0007',
    '\uD800 half \uDC00',
    '<!-- --><![CDATA[x]]>',
  ),
);
const anyInline: fc.Arbitrary<Inline> = fc.oneof(
  anyText.map(plain),
  anyText.map(strong),
  fc
    .tuple(anyText, fc.oneof(anyText, fc.webUrl(), fc.constant('tel:+15551234')))
    .map(([text, href]) => link(text, href)),
);
const anyBody: fc.Arbitrary<Paragraph[]> = fc.array(fc.array(anyInline, { maxLength: 5 }), { maxLength: 5 });

describe('a body', () => {
  it('holds only the allowed nodes, and every text survives', () => {
    fc.assert(
      fc.property(anyBody, (paragraphs) => {
        const html = renderBody(paragraphs, 1_000_000);

        const read = readHtml(html);
        const texts = paragraphs.map((paragraph) =>
          paragraph.map((inline) => readable(inline.text)).join(''),
        );
        expect(read.paragraphs).toEqual(texts);
      }),
      { numRuns: 2_500 },
    );
  });

  it('keeps its shape and stays within any cap', () => {
    fc.assert(
      fc.property(anyBody, fc.integer({ min: 0, max: 400 }), (paragraphs, maxBytes) => {
        const html = renderBody(paragraphs, maxBytes);

        expect(Buffer.byteLength(html)).toBeLessThanOrEqual(maxBytes);
        const whole = readHtml(renderBody(paragraphs, 1_000_000)).paragraphs.join('\n');
        const shown = readHtml(html).paragraphs.join('\n');
        expect(whole.startsWith(shown.replace(/…$/u, '')) || whole.startsWith(shown)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('ends a text beyond ten kilobytes in an ellipsis', () => {
    const html = renderBody([[plain('é'.repeat(20_000))], [plain('never reached')]]);

    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(BODY_CAP_BYTES);
    expect(Buffer.byteLength(html)).toBeGreaterThan(BODY_CAP_BYTES - 5);
    expect(html.endsWith('é…</p>')).toBe(true);
  });

  it('breaks lines where the text does', () => {
    expect(renderBody([[plain('a\r\nb\rc\nd')]])).toBe('<p>a<br>b<br>c<br>d</p>');
  });

  it('links https addresses and numbers, and nothing else', () => {
    expect(renderBody([[link('Acme', 'https://app.hubspot.com/x?a=1&b=2')]])).toBe(
      '<p><a href="https://app.hubspot.com/x?a=1&amp;b=2">Acme</a></p>',
    );
    expect(renderBody([[link('+1 555', 'tel:+1555')]])).toBe('<p><a href="tel:+1555">+1 555</a></p>');
    for (const href of [
      'javascript:alert(1)',
      'http://example.com',
      'https://a"onclick="x',
      'https://a b',
      'data:text/html,x',
      'tel:',
      ' https://example.com',
    ]) {
      expect(renderBody([[link('Acme', href)]])).toBe('<p>Acme</p>');
    }
  });
});

describe('an escaped text', () => {
  it('has no markup in it', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
    );
  });
});
