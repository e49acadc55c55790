import { readFileSync } from 'node:fs'

const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

/** Version of Bihuan, as its package says. */
export const version: string = about.version
