import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A picture of a screen has few colors: with a palette the same picture takes about a third of the bytes.
 * Chunks, filters and color types as in the PNG specification, third edition, https://www.w3.org/TR/png-3/.
 */

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_COLORS = 256;
const RGB = 2;
const RGBA = 6;
const PALETTE = 3;
const BITS = 8;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** One number a pixel, 0xRRGGBB, row by row. */
  readonly colors: Uint32Array;
}

/** The picture with at most 256 colors; those beyond become the nearest of them. Throws for any PNG but one of 8 bits, RGB or RGBA. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, colors } = decode(png);
  const palette = frequentColors(colors);
  const places = new Map(palette.map((color, place) => [color, place]));
  const rows = Buffer.alloc(height * (width + 1));
  for (const [index, color] of colors.entries()) {
    const place = places.get(color) ?? nearest(palette, color);
    places.set(color, place);
    rows[index + Math.floor(index / width) + 1] = place;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS, PALETTE], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => channelsOf(color)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const channelsOf = (color: number): [number, number, number] => [
  color >> 16,
  (color >> 8) & 0xff,
  color & 0xff,
];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The most frequent first; equal counts in order of the color, so that a picture always comes out the same. */
function frequentColors(colors: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  return [...counts]
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || one - other)
    .slice(0, MOST_COLORS)
    .map(([color]) => color);
}

function nearest(palette: readonly number[], color: number): number {
  const wanted = channelsOf(color);
  const distances = palette.map((entry) =>
    channelsOf(entry).reduce((sum, channel, index) => sum + (channel - (wanted[index] ?? 0)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

function decode(png: Buffer): Pixels {
  const { header, data } = chunksOf(png);
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const [bits, colorType, , , interlaced] = header.subarray(8);
  if (bits !== BITS || interlaced !== 0 || (colorType !== RGB && colorType !== RGBA))
    throw new Error(`a PNG of ${bits} bits and color type ${colorType} is not expected here`);
  const channels = colorType === RGB ? 3 : 4;
  const bytes = unfilter(inflateSync(data), width * channels, channels);
  const colors = new Uint32Array(width * height);
  for (let index = 0; index < colors.length; index += 1)
    colors[index] = bytes.readUIntBE(index * channels, 3);
  return { width, height, colors };
}

function chunksOf(png: Buffer): { header: Buffer; data: Buffer } {
  let header: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  return { header, data: Buffer.concat(data) };
}

/** Each row begins with the filter by which its bytes were told from those to the left and above. */
function unfilter(filtered: Buffer, rowBytes: number, step: number): Buffer {
  const rowCount = filtered.length / (rowBytes + 1);
  const bytes = Buffer.alloc(rowCount * rowBytes);
  for (let row = 0; row < rowCount; row += 1) {
    const start = row * rowBytes;
    const filter = filtered[row * (rowBytes + 1)] ?? 0;
    for (let column = 0; column < rowBytes; column += 1) {
      const left = column < step ? 0 : (bytes[start + column - step] ?? 0);
      const above = row === 0 ? 0 : (bytes[start + column - rowBytes] ?? 0);
      const corner = row === 0 || column < step ? 0 : (bytes[start + column - rowBytes - step] ?? 0);
      const told = filtered[start + row + 1 + column] ?? 0;
      bytes[start + column] = told + predicted(filter, left, above, corner);
    }
  }
  return bytes;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return Math.floor((left + above) / 2);
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
