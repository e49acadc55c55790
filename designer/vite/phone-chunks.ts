import { fileURLToPath } from 'node:url'
import type { Rolldown } from 'vite'

/** What a phone opens first, whoever has it. */
const FIRST = ['main.tsx']
/** What it opens next, by the name of the file. */
const NEXT: { readonly [file: string]: readonly string[] } = {
  filling: ['work/task/task-page.tsx', 'work/start/start-form-page.tsx', 'work/form/form-view.tsx'],
  case: ['work/case/case-page.tsx', 'work/case/case-phone.tsx'],
  board: ['notice/board-page.tsx', 'notice/notice-page.tsx'],
  start: ['work/start/start-page.tsx'],
  cases: ['work/cases/cases-page.tsx'],
  me: ['work/me/me-page.tsx'],
}
/** What is shown above any page once something calls for it: they alone stand on a large library. */
const ABOVE = ['ui/sheet.tsx', 'ui/toast-region.tsx']

const ENGINE = /\/engine\/src\//
const LIBRARY = /\/node_modules\/(?!lucide-solid\/)/

/**
 * Which of a phone's few files a module is put into. Left alone, every part that two pages share becomes a file of its
 * own: a first task would ask for eighty, and each six of them cost a weak network its delay once more. What several of
 * the pages need comes with the first file. Modules of the engine stay where the bundler puts them: pages load what they
 * use of them, not all that stands beside it.
 */
export function phoneChunks(): Rolldown.CodeSplittingOptions {
  let files: ReadonlyMap<string, string> | null = null
  return {
    groups: [
      {
        debugName: 'phone',
        includeDependenciesRecursively: false,
        name: (id, modules) => {
          files ??= filesOf((one) => modules.getModuleInfo(one)?.importedIds ?? null)
          return files.get(id) ?? null
        },
      },
    ],
  }
}

/** What a module imports; null for one that is not in the build. */
type ImportsOf = (id: string) => readonly string[] | null

/** The file of each module that comes with one of the pages. */
function filesOf(importsOf: ImportsOf): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  // A build without the app, as of a test's own page, is no phone's: its libraries would stand apart from what needs them.
  if (FIRST.some((path) => importsOf(source(path)) === null)) return files
  for (const [file, pages] of Object.entries({ ...NEXT, above: ABOVE })) {
    for (const id of comeWith(pages, importsOf)) files.set(id, files.has(id) ? 'first' : file)
  }
  const own = ABOVE.map(source)
  for (const id of comeWith(ABOVE, importsOf)) if (own.includes(id) || LIBRARY.test(id)) files.set(id, 'above')
  for (const id of comeWith(FIRST, importsOf)) files.set(id, 'first')
  return files
}

/** All modules that some of ours import, themselves and by others, but for the engine's. */
function comeWith(paths: readonly string[], importsOf: ImportsOf): ReadonlySet<string> {
  const all = new Set<string>()
  const walk = (id: string): void => {
    if (all.has(id) || ENGINE.test(id)) return
    all.add(id)
    for (const imported of importsOf(id) ?? []) walk(imported)
  }
  for (const path of paths) walk(source(path))
  return all
}

/** The path of one of our modules, as the bundler names it. */
function source(path: string): string {
  return fileURLToPath(new URL(`../src/${path}`, import.meta.url))
}
