import { fileTypeFromBuffer } from 'file-type'

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

/**
 * The type of a file by its bytes (I13), or null when it is none of the accepted ones, or when its name claims another
 * kind than its bytes are. A document with macros has another type and is none.
 */
export async function sniff(bytes: Uint8Array, name: string): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes)
  if (!found) return null
  const extensions = accepted[found.mime]
  if (!extensions) return null
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase()
  if (extension !== undefined && !extensions.includes(extension)) return null
  if (found.mime.includes('openxmlformats') && holdsMacros(bytes)) return null
  return found.mime
}

/** A renamed macro document still names its macro part in the zip's directory. */
function holdsMacros(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('vbaProject.bin')
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
