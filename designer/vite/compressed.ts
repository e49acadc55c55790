import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(?:js|css|svg|json)$/
const FORMS = [
  ['.br', promisify(brotliCompress)],
  ['.gz', (content: Buffer) => promisify(gzip)(content, { level: 9 })],
] as const

/**
 * Lays every text file of the app beside itself as the server may send it: compressed once, as small as it goes. A test's
 * own page is served by the test, as it is.
 */
export const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir }, files) {
    if (!('index.html' in files)) return
    const paths = Object.keys(files).filter((name) => TEXT.test(name))
    await Promise.all(
      paths.map(async (name) => {
        const path = join(dir!, name)
        const content = await readFile(path)
        for (const [ending, compress] of FORMS) {
          const small = await compress(content)
          if (small.length < content.length) await writeFile(path + ending, small)
        }
      }),
    )
  },
}
