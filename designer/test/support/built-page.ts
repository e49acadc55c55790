import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const designer = fileURLToPath(new URL('../../', import.meta.url))
const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** A page of the test, built as the app is built and served with headers of one's choice. */
export interface BuiltPage {
  readonly address: string
  remove(): Promise<void>
}

/**
 * Builds a page that stands under `designer/` with the app's own build and serves it.
 * @param folder of its `index.html`, below `designer/`
 */
export async function buildPage(folder: string, headers: Record<string, string>): Promise<BuiltPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'bihuan-page-'))
  await build({
    configFile: join(designer, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      manifest: false,
      rollupOptions: { input: join(designer, folder, 'index.html') },
    },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname)
    const file = path === '/' ? join(folder, 'index.html') : path
    try {
      const body = readFileSync(join(outDir, file))
      response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      response.end(body)
    } catch {
      response.writeHead(404, headers)
      response.end()
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async remove() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
