import { type ArchiveFault, type Problem, Rejection } from '@bihuan/engine'
import { unzipSync, zipSync } from 'fflate'
import type { CurrentFile } from '../host/package-state.ts'

const MAX_ENTRIES = 200
const MAX_BYTES = 20 * 1024 * 1024

/** A file as it lies in an archive. */
export interface ArchivedFile {
  readonly name: string
  readonly content: Uint8Array
}

/** What desktops put into archives beside what one meant. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/

/**
 * Files of a zip. One folder around all of them is taken off. Throws `ARCHIVE_INVALID`: what is no zip, more than 200
 * entries, more than 20 MB unfolded, a path that leads out of it, two files of one name.
 */
export function readArchive(name: string, bytes: Uint8Array): readonly ArchivedFile[] {
  const refuse = (archive: ArchiveFault, found?: string): never => {
    throw new Rejection('ARCHIVE_INVALID', { name, archive, ...(found !== undefined && { found }) })
  }
  let size = 0
  const paths = new Set<string>()
  let entries = 0
  let unfolded: { readonly [path: string]: Uint8Array }
  try {
    unfolded = unzipSync(bytes, {
      // Sizes are those the archive says: no more is ever unfolded.
      filter: ({ name: path, originalSize }) => {
        entries += 1
        size += originalSize
        if (entries > MAX_ENTRIES) refuse('tooManyFiles')
        if (size > MAX_BYTES) refuse('tooLarge')
        // Of two entries of one path only the last would come out.
        if (paths.has(path) && !path.endsWith('/')) refuse('twice', path)
        paths.add(path)
        return !path.endsWith('/') && !LITTER.test(path)
      },
    })
  } catch (error) {
    if (error instanceof Rejection) throw error
    return refuse('unreadable')
  }
  const files = Object.entries(unfolded).map(([path, content]) => ({ name: nameOf(path), content }))
  for (const file of files)
    if (/^([A-Za-z]:)?\/|\0/.test(file.name) || file.name.split('/').includes('..')) refuse('outside', file.name)
  const inside = withoutFolder(files)
  const names = new Set<string>()
  for (const file of inside) {
    if (names.has(file.name)) refuse('twice', file.name)
    names.add(file.name)
  }
  return inside
}

/** Path of an entry, with `/` between its parts. Archives that do not say they are UTF-8 are read as it, or as GB 18030. */
function nameOf(path: string): string {
  const slashed = path.replaceAll('\\', '/')
  const codes = [...slashed].map((sign) => sign.codePointAt(0) ?? 0)
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return slashed
  const bytes = Uint8Array.from(codes)
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not in this one.
    }
  }
  return slashed
}

/** Takes off the one folder that is around everything; not one that belongs to a package. */
function withoutFolder(files: readonly ArchivedFile[]): readonly ArchivedFile[] {
  const folder = files[0]?.name.split('/', 2)
  if (folder?.length !== 2 || /^(scenarios|documents)$/.test(folder[0]!)) return files
  const prefix = `${folder[0]}/`
  if (!files.every(({ name }) => name.startsWith(prefix))) return files
  return files.map(({ name, content }) => ({ name: name.slice(prefix.length), content }))
}

/** The files as a zip. */
export function writeArchive(
  files: readonly Pick<CurrentFile, 'name' | 'text'>[],
  at: number,
): Uint8Array<ArrayBuffer> {
  const utf8 = new TextEncoder()
  const made = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, utf8.encode(text)])), {
    mtime: new Date(at),
  })
  return new Uint8Array(made)
}

const NAME = /^((scenarios|documents)\/)?(?!\.)[^/\\\p{Cc}]{1,180}$/u
const TAKEN = /\.(bpmn|dmn|form)$|^(package|fields|parameters)\.yaml$|\.dmn\.tests\.yaml$|^(scenarios|documents)\//

/**
 * Texts of files, those a package can hold; for each other one a warning that it was left out. A text is kept as it is,
 * a byte order mark too. Throws `XML_UNREADABLE` for one that is not UTF-8 or holds NUL.
 */
export function textsOfFiles(files: readonly ArchivedFile[]): {
  readonly texts: { readonly [name: string]: string }
  readonly problems: readonly Problem[]
} {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const texts: { [name: string]: string } = {}
  const problems: Problem[] = []
  for (const { name, content } of files) {
    if (!NAME.test(name) || !TAKEN.test(name)) {
      problems.push({
        code: 'RESOURCE_NOT_SUPPORTED',
        severity: 'warning',
        resource: name,
        elementId: null,
        elementName: null,
        facts: { resource: name },
      })
      continue
    }
    let text: string
    try {
      text = utf8.decode(content)
    } catch {
      throw new Rejection('XML_UNREADABLE', { resource: name, line: null, message: 'not UTF-8' })
    }
    if (text.includes('\0'))
      throw new Rejection('XML_UNREADABLE', { resource: name, line: null, message: 'a control character' })
    texts[name] = text
  }
  return { texts, problems }
}
