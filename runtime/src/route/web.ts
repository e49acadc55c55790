import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Rejection } from '@bihuan/engine'
import type { Context } from 'hono'

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
}

/** Codings of content that a build lays beside its files, the smaller first. */
const codings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * The built web app: files as they are, or as they were compressed by the build where the browser takes it; every other
 * address its one page. Files under `assets/` carry a hash in their name and may be kept for ever; the page is asked for
 * anew.
 */
export function webFiles(folder: string): (c: Context) => Promise<Response> {
  return async (c) => {
    const wanted = pathOf(c.req.path)
    const path = join(folder, wanted)
    if (wanted.includes('\0') || (wanted !== '' && wanted !== '.' && !path.startsWith(folder + sep)))
      throw new Rejection('NOT_FOUND')
    const type = types[extname(path)]
    if (type !== undefined && (await isFile(path))) {
      const isHashed = wanted.startsWith('assets/')
      const caching = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'
      return answer(path, type, caching, takenBy(c.req.header('accept-encoding')))
    }
    // A missing file is missing; only an address without an extension is a page of the app.
    if (extname(wanted) !== '') throw new Rejection('NOT_FOUND')
    const page = join(folder, 'index.html')
    if (!(await isFile(page))) throw new Rejection('NOT_FOUND')
    return answer(page, types['.html']!, 'no-cache', new Set())
  }
}

function pathOf(address: string): string {
  try {
    return normalize(decodeURIComponent(address)).replace(/^[/\\]+/, '')
  } catch {
    throw new Rejection('NOT_FOUND')
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false
}

/** The codings a browser takes (RFC 9110 §12.5.3); one with weight 0 it does not. */
function takenBy(header = ''): ReadonlySet<string> {
  const named = header.split(',').map((one) => one.toLowerCase().replaceAll(/\s/g, '').split(';'))
  return new Set(named.filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? '')).map(([coding]) => coding!))
}

async function answer(path: string, type: string, caching: string, taken: ReadonlySet<string>): Promise<Response> {
  const headers = { 'content-type': type, 'cache-control': caching }
  for (const [coding, ending] of codings) {
    const content = taken.has(coding) && (await readFile(path + ending).catch(() => null))
    if (!content) continue
    return new Response(new Uint8Array(content), {
      headers: { ...headers, 'content-encoding': coding, vary: 'accept-encoding' },
    })
  }
  return new Response(new Uint8Array(await readFile(path)), { headers: { ...headers, vary: 'accept-encoding' } })
}
