import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * What Node needs before it runs a file of ours in a process or worker of its own (`execArgv`): sources are TypeScript
 * and need a loader, what `npm run package` delivers is JavaScript and needs none.
 */
export function loaderFor(path: string): readonly string[] {
  if (!path.endsWith('.ts')) return []
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
}
