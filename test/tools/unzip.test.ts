import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { unzip } from '../../tools/hubspot-check/unzip.ts';

/** A zip archive written by the book (local header, data, directory), one deflated file for each name. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end]);
}

describe('unzip', () => {
  it('returns every file with its bytes and leaves folders out', () => {
    const zip = zipOf({ 'app/': '', 'app/a.txt': 'first', 'app/b.txt': 'second é' });

    const entries = unzip(zip);

    expect(entries.map(({ path, bytes }) => [path, bytes.toString()])).toEqual([
      ['app/a.txt', 'first'],
      ['app/b.txt', 'second é'],
    ]);
  });

  it.each(['../outside.txt', '/etc/outside.txt', 'app/../../outside.txt'])('refuses the path %s', (path) => {
    expect(() => unzip(zipOf({ [path]: 'x' }))).toThrow('unsafe path');
  });

  it('refuses bytes that are no archive', () => {
    expect(() => unzip(Buffer.alloc(100))).toThrow('not a zip archive');
  });
});
