import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export type ZipEntry = { readonly path: string; readonly bytes: Buffer };

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;

/** Where the central directory starts and how many entries it has (PKWARE APPNOTE 4.3.16). */
function directoryOf(zip: Buffer): { readonly offset: number; readonly count: number } {
  for (let at = zip.length - 22; at >= 0; at -= 1) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) {
      return { offset: zip.readUInt32LE(at + 16), count: zip.readUInt16LE(at + 10) };
    }
  }
  throw new Error('not a zip archive: no central directory');
}

function contentAt(zip: Buffer, headerOffset: number, packedBytes: number, method: number): Buffer {
  const nameBytes = zip.readUInt16LE(headerOffset + 26);
  const extraBytes = zip.readUInt16LE(headerOffset + 28);
  const start = headerOffset + 30 + nameBytes + extraBytes;
  const packed = zip.subarray(start, start + packedBytes);
  return method === DEFLATED ? inflateRawSync(packed) : packed;
}

/**
 * The files of a zip archive, folders left out. Enough for the archives HubSpot's command line writes
 * (stored or deflated, not encrypted, under 4 GB).
 * @throws Error when the bytes are no such archive, or a path leads outside of it.
 */
export function unzip(zip: Buffer): readonly ZipEntry[] {
  const { offset, count } = directoryOf(zip);
  const entries: ZipEntry[] = [];
  let at = offset;
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip directory is damaged');
    const nameBytes = zip.readUInt16LE(at + 28);
    const path = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    if (path.startsWith('/') || path.split('/').includes('..'))
      throw new Error(`unsafe path in zip: ${path}`);
    if (!path.endsWith('/')) {
      const bytes = contentAt(
        zip,
        zip.readUInt32LE(at + 42),
        zip.readUInt32LE(at + 20),
        zip.readUInt16LE(at + 10),
      );
      entries.push({ path, bytes });
    }
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
