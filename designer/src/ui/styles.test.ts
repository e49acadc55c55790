import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Classes a style sheet gives a look of their own, wherever they stand: selectors that are one class and nothing else. */
function bareClasses(file: string): Set<string> {
  const css = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\([^{}]*?\)/g, '')
  const found = new Set<string>()
  for (const [, selectors = ''] of css.matchAll(/([^{}]+)\{/g))
    for (const selector of selectors.split(',')) {
      const name = /^\.([a-z][\w-]*)$/.exec(selector.trim())?.[1]
      if (name) found.add(name)
    }
  return found
}

test('a class has its look from one style sheet, so that no page looks otherwise after another was open', () => {
  const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))
  const owners = new Map<string, string[]>()
  for (const sheet of sheets)
    for (const name of bareClasses(join(root, sheet)))
      owners.set(name, [...(owners.get(name) ?? []), relative(root, join(root, sheet))])
  const shared = [...owners]
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => `.${name}: ${files.sort().join(', ')}`)
  expect(sheets.length).toBeGreaterThan(20)
  expect(shared).toEqual([])
})
