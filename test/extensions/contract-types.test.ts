import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { contractTypes } from '../../scripts/generate/contract-types.ts';

const person = z.object({ name: z.string(), age: z.number().nullable() });
const saveRequest = z.strictObject({ person, note: z.string().default(''), kind: z.enum(['a', 'b']) });
const saveReply = z.object({ people: z.array(person), note: z.string().default('') });
const endpoints = { save: { method: 'POST', path: '/save', request: saveRequest, reply: saveReply } };

describe('the contract as TypeScript types', () => {
  const text = contractTypes([{ person, saveRequest, saveReply, ignored: 7 }], endpoints, { note: 40 });

  it('tells the most characters of each text that people type', () => {
    expect(text).toContain('export const LIMITS = {"note":40} as const;');
  });

  it('names every schema that has parts and refers to it by name', () => {
    expect(text).toContain('export interface Person {\nname: string;\nage: number | null;\n}');
    expect(text).toContain('people: Person[];');
  });

  it('lets a request leave out what has a default, and promises it in a reply', () => {
    expect(text).toContain(
      'export interface SaveRequest {\nperson: Person;\nnote?: string;\nkind: "a" | "b";\n}',
    );
    expect(text).toContain('export interface SaveReply {\npeople: Person[];\nnote: string;\n}');
  });

  it('lists every endpoint with its types, method and path', () => {
    expect(text).toContain('save: { request: SaveRequest; reply: SaveReply };');
    expect(text).toContain("save: ['POST', '/save'],");
  });

  it('changes when the contract changes, so that the drift check sees it', () => {
    const changed = contractTypes(
      [{ person: person.extend({ email: z.string() }), saveRequest, saveReply }],
      endpoints,
    );

    expect(changed).not.toBe(text);
  });

  it('refuses a schema that it cannot write as a type', () => {
    expect(() => contractTypes([{ odd: z.object({ tuple: z.tuple([z.string()]) }) }], {})).toThrow(
      'no TypeScript type',
    );
  });

  it('refuses an endpoint whose schema the contract does not export', () => {
    expect(() => contractTypes([{ saveReply }], endpoints)).toThrow('does not export');
  });
});
