import {
  deriveDictionary,
  type JudgedPackage,
  judgePackage,
  type PackageFiles,
  type Problem,
  packageName,
  packageText,
  readSteps,
  renamePackage,
  type Step,
  setPackageEntries,
  tagsOf,
  writeDictionary,
} from '@bihuan/engine'
import type { Store } from '../db/store.ts'
import { idsOfOthers, knownBeside, latestOf } from '../host/deployed.ts'
import { freeId } from './free-id.ts'

/** Files that make a package. */
export interface Completed {
  readonly id: string
  readonly name: string
  readonly files: PackageFiles
  readonly problems: readonly Problem[]
}

/**
 * Files as a package of its own: `package.yaml` and `fields.yaml` are made when they are missing, and it gets another id
 * when its own is none, or when it, or one of a process, form or decision in it, is somebody's already. All else stays
 * byte for byte, also what cannot be executed; `problems` tell of that.
 */
export async function completed(store: Store, given: PackageFiles, fallbackName: string): Promise<Completed> {
  const read = await judgePackage(given)
  const wanted = read.package?.id ?? processIdOf(read, given) ?? 'process'
  const called = processNameOf(read, given) ?? fallbackName
  const files: { [file: string]: string } = { ...given }
  const kept = read.package ? null : withEntries(given['package.yaml'], { id: wanted, name: called })
  if (!read.package) files['package.yaml'] = kept ?? packageText({ id: wanted, name: called })
  const name = packageName(files) ?? called
  if (files['fields.yaml'] === undefined)
    files['fields.yaml'] = writeDictionary(deriveDictionary(files, await stepsOf(files)))
  const judged = await judgePackage(files)
  const others = await idsOfOthers(store, { ...judged, package: null }, await latestOf(store, judged))
  const id = await freeId(store, wanted, others.length > 0 ? 2 : null)
  const own = id === wanted ? files : renamePackage(files, { id, name })
  const { problems } = await judgePackage(own, await knownBeside(store, id))
  // One that was made anew keeps nobody from publishing; what stood in the old one is gone.
  const unreadable = read.package || kept ? [] : read.problems.filter(({ resource }) => resource === 'package.yaml')
  return { id, name, files: own, problems: [...unreadable.map(asWarning), ...problems] }
}

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: 'warning' })

/** A `package.yaml` with an id, and with a name where it has none, and all else as it was; null when it is no such file. */
function withEntries(text: string | undefined, entries: { readonly id: string; readonly name: string }): string | null {
  const withId = setPackageEntries(text ?? '', { id: entries.id })
  const named = [withId, setPackageEntries(withId, { name: entries.name })]
  return named.find((one) => packageName({ 'package.yaml': one }) !== null) ?? null
}

async function stepsOf(files: PackageFiles): Promise<readonly Step[]> {
  const steps: Step[] = []
  for (const [name, text] of Object.entries(files))
    if (name.endsWith('.bpmn')) steps.push(...(await readSteps(text, name)))
  return steps
}

/** An attribute of the first process as it is written: models that cannot be executed have one too. */
function writtenOf(files: PackageFiles, attribute: 'id' | 'name'): string | null {
  const [, text] = Object.entries(files).find(([name]) => name.endsWith('.bpmn')) ?? []
  return tagsOf(text ?? '').find(({ name }) => name === 'process')?.attributes[attribute] ?? null
}

function processIdOf(read: JudgedPackage, files: PackageFiles): string | null {
  const id = read.processes[0]?.process.id ?? writtenOf(files, 'id')
  return id !== null && /^[A-Za-z_][\w.-]{0,199}$/.test(id) ? id : null
}

function processNameOf(read: JudgedPackage, files: PackageFiles): string | null {
  const name = read.processes[0]?.process.name ?? writtenOf(files, 'name')
  return name === '' || name === null ? null : name.slice(0, 200)
}
