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

/**
 * The built web app: files as they are, every other address its one page. Files under `assets/` carry a hash in their
 * name and may be kept for ever; the page is asked for anew.
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
      return answer(path, type, isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    }
    // A missing file is missing; only an address without an extension is a page of the app.
    if (extname(wanted) !== '') throw new Rejection('NOT_FOUND')
    const page = join(folder, 'index.html')
    if (!(await isFile(page))) throw new Rejection('NOT_FOUND')
    return answer(page, types['.html']!, 'no-cache')
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

async function answer(path: string, type: string, caching: string): Promise<Response> {
  return new Response(new Uint8Array(await readFile(path)), {
    headers: { 'content-type': type, 'cache-control': caching },
  })
}
