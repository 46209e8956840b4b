import { describe, expect, it } from '@jest/globals';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { withPalette } from '../../scripts/guide-pictures-palette.ts';

const WIDTH = 4;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture four pixels wide, from rows that each begin with their filter. */
function png(rows: number[][], colorType: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, colorType], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colors of a picture with a palette, pixel by pixel. */
function colorsOf(picture: Buffer): string[][] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < picture.length; at += picture.readUInt32BE(at) + 12) {
    const length = picture.readUInt32BE(at);
    parts.set(picture.toString('latin1', at + 4, at + 8), picture.subarray(at + 8, at + 8 + length));
  }
  const palette = parts.get('PLTE') ?? Buffer.alloc(0);
  const rows = inflateSync(parts.get('IDAT') ?? Buffer.alloc(0));
  const color = (place: number) => palette.subarray(place * 3, place * 3 + 3).toString('hex');
  return Array.from({ length: rows.length / (WIDTH + 1) }, (_, row) =>
    [...rows.subarray(row * (WIDTH + 1) + 1, (row + 1) * (WIDTH + 1))].map(color),
  );
}

describe('a picture with a palette', () => {
  it('has the colors of the picture it was made of, whatever filter a row was told with', () => {
    const rows = [
      [0, 10, 20, 30, 10, 20, 30, 40, 50, 60, 40, 50, 60],
      [1, 10, 20, 30, 0, 0, 0, 30, 30, 30, 0, 0, 0],
      [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 0, 0, 0, 15, 15, 15, 0, 0, 0],
      [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    const [plain, left, above, average, paeth] = colorsOf(withPalette(png(rows, 2)));

    expect(plain).toEqual(['0a141e', '0a141e', '28323c', '28323c']);
    expect(left).toEqual(plain);
    expect(above).toEqual(plain);
    expect(average?.slice(0, 3)).toEqual(['0a141e', '0a141e', '28323c']);
    expect(paeth).toEqual(average);
  });

  it('leaves out how opaque a pixel is', () => {
    const rows = [[0, 1, 2, 3, 255, 1, 2, 3, 255, 4, 5, 6, 255, 4, 5, 6, 255]];

    expect(colorsOf(withPalette(png(rows, 6)))).toEqual([['010203', '010203', '040506', '040506']]);
  });

  it('gives the nearest of the 256 most frequent colors to the others', () => {
    const shades = Array.from({ length: 128 }, (_, shade) => [
      [0, ...[0, 1, 0, 1].flatMap((low) => [shade * 2, low, 0])],
    ]).flat();
    const rare = [0, 255, 200, 200, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    const colors = colorsOf(withPalette(png([...shades, rare], 2)));

    expect(new Set(colors.flat()).size).toBe(256);
    expect(colors.at(-1)?.[0]).toBe('fe0100');
  });

  it('refuses what it cannot read', () => {
    expect(() => withPalette(png([[0, 1, 2, 3, 4]], 0))).toThrow('color type 0');
  });
});
