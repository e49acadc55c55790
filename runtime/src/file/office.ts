import type { FileHandle } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'

const CONTENT_TYPES = '[Content_Types].xml'
/** The list of parts of an honest document is a few kilobytes; what unpacks to more is none. */
const MAX_CONTENT_TYPES_BYTES = 1024 * 1024
const MAX_DIRECTORY_BYTES = 1024 * 1024
const END_BYTES = 22
const MAX_COMMENT_BYTES = 65_535

const mainParts: readonly (readonly [contentType: string, mime: string])[] = [
  ['wordprocessingml.document.main+xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['spreadsheetml.sheet.main+xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]

/**
 * The type of an Office Open XML document by its own list of parts (ECMA-376 Part 2), or null when it is none, or has
 * macros. Only the directory and that one part are read, and no more of it unpacked than an honest document has.
 */
export async function officeType(file: FileHandle, size: number): Promise<string | null> {
  const entries = await readDirectory(file, size)
  if (entries === null || entries.some((entry) => /vbaProject/i.test(entry.name))) return null
  const [list, second] = entries.filter((entry) => entry.name === CONTENT_TYPES)
  if (!list || second) return null
  const xml = await readEntry(file, list)
  if (xml === null || /vbaProject|macroEnabled/i.test(xml)) return null
  const found = mainParts.filter(([contentType]) => xml.includes(contentType))
  return found.length === 1 ? found[0]![1] : null
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
}

/** The central directory at the end of a zip (APPNOTE 4.3.12, 4.3.16); null when there is none, or a ZIP64 one. */
async function readDirectory(file: FileHandle, size: number): Promise<readonly Entry[] | null> {
  const tail = await read(file, Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES), END_BYTES + MAX_COMMENT_BYTES)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (at < 0 || at + END_BYTES > tail.length) return null
  const bytes = tail.readUInt32LE(at + 12)
  const offset = tail.readUInt32LE(at + 16)
  if (bytes > MAX_DIRECTORY_BYTES || offset + bytes > size) return null
  const directory = await read(file, offset, bytes)
  const entries: Entry[] = []
  for (let i = 0; i + 46 <= directory.length && directory.readUInt32LE(i) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(i + 28)
    entries.push({
      name: directory.toString('utf8', i + 46, i + 46 + nameLength),
      method: directory.readUInt16LE(i + 10),
      packed: directory.readUInt32LE(i + 20),
      offset: directory.readUInt32LE(i + 42),
    })
    i += 46 + nameLength + directory.readUInt16LE(i + 30) + directory.readUInt16LE(i + 32)
  }
  return entries
}

async function readEntry(file: FileHandle, entry: Entry): Promise<string | null> {
  if (entry.packed > MAX_CONTENT_TYPES_BYTES) return null
  const header = await read(file, entry.offset, 30)
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) return null
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = await read(file, start, entry.packed)
  if (entry.method === 0) return packed.toString('utf8')
  if (entry.method !== 8) return null
  try {
    return inflateRawSync(packed, { maxOutputLength: MAX_CONTENT_TYPES_BYTES }).toString('utf8')
  } catch {
    return null
  }
}

/** Bytes at a place, fewer at the end. */
export async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}
