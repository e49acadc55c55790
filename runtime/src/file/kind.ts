import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { officeType, read } from './office.ts'

/** Types that people may upload, by what the bytes say: pictures and plain documents. */
const accepted: { readonly [mime: string]: readonly string[] } = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
}

/** Pictures every browser draws; shown in the page, all else is downloaded. */
export const isPicture = (mime: string): boolean => ['image/jpeg', 'image/png', 'image/webp'].includes(mime)

/** Enough of a picture or PDF to know it by. */
const SAMPLE_BYTES = 256 * 1024

/**
 * The type of a file by its bytes (I13), or null when it is none of the accepted ones, or when its name claims another
 * kind than its bytes are. Nothing is unpacked to find out, but the list of parts of a document.
 */
export async function sniff(path: string, size: number, name: string): Promise<string | null> {
  const file = await open(path, 'r')
  try {
    const sample = await read(file, 0, Math.min(size, SAMPLE_BYTES))
    const isZip = sample.subarray(0, 2).toString('latin1') === 'PK'
    const type = isZip ? await officeType(file, size) : await plainType(sample)
    const extensions = type === null ? undefined : accepted[type]
    if (!extensions) return null
    const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
    return extension === undefined || extensions.includes(extension) ? type : null
  } finally {
    await file.close()
  }
}

/** What is no archive, by its first bytes; what looks like a broken file of some kind is of no kind. */
async function plainType(sample: Buffer): Promise<string | null> {
  const isGzip = sample[0] === 0x1f && sample[1] === 0x8b
  if (isGzip) return null
  const found = await fileTypeFromBuffer(sample).catch(() => undefined)
  return found?.mime ?? null
}

const MAX_NAME = 120

/**
 * A file name that is safe to show and to send in a header: the last part of a path, without control, direction and
 * reserved characters, at most 120 characters with its extension kept.
 */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? ''
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}"<>:|?*]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  if (plain === '') return 'file'
  const characters = [...plain]
  if (characters.length <= MAX_NAME) return plain
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? ''
  return characters.slice(0, MAX_NAME - extension.length).join('') + extension
}
