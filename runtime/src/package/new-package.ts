import {
  blankPackage,
  type Language,
  type PackageFiles,
  Rejection,
  renamePackage,
  setPackageName,
} from '@bihuan/engine'
import type { NewPackage } from '../contract/contract.ts'
import type { Store } from '../db/store.ts'
import type { Host } from '../host/host.ts'
import { textsOf } from '../host/package-state.ts'
import type { NewPackageFiles } from '../host/packages.ts'
import type { Person } from '../identity/who.ts'
import { readArchive, textsOfFiles } from './archive.ts'
import { completed } from './completed.ts'
import { freeId } from './free-id.ts'
import { designScope, findPackage } from './scope.ts'
import type { Templates } from './templates.ts'

/** Codes that say an uploaded file is no model at all: it is not taken (I01 to I04). */
const NO_MODEL: ReadonlySet<string> = new Set(['XML_UNREADABLE', 'DOCTYPE_NOT_ALLOWED', 'RESOURCE_TOO_LARGE'])

type Around = Pick<Host, 'store' | 'packages'>

/** A new package as the studio asks for it. Throws `NOT_FOUND` for a template or package that is not there. */
export async function beginPackage(
  around: Around,
  templates: Templates,
  person: Person,
  { name, from }: NewPackage,
  language: Language,
): Promise<NewPackageFiles> {
  const { store } = around
  const { unitId } = await designScope(store, person)
  switch (from.kind) {
    case 'blank': {
      const id = await freeId(store, 'process', 1)
      return { id, name, unitId, files: blankPackage({ id, name, language }), problems: [] }
    }
    case 'template': {
      const template = await templates.find(from.id)
      if (!template) throw new Rejection('NOT_FOUND')
      return { ...(await copyOf(store, template.files, from.id, name)), name, unitId, problems: [] }
    }
    case 'package': {
      const state = await findPackage(around, person, from.id)
      return { ...(await copyOf(store, textsOf(state.files), from.id, name)), name, unitId, problems: [] }
    }
    case 'files': {
      const given = Object.fromEntries(from.files.map((file) => [file.name, file.text]))
      const made = await completed(store, given, name)
      return { ...made, files: named(made.files, name), name, unitId }
    }
  }
}

/**
 * A package from an uploaded file: a zip, or one BPMN model. Throws `ARCHIVE_INVALID`, `XML_UNREADABLE`,
 * `DOCTYPE_NOT_ALLOWED`, `RESOURCE_TOO_LARGE`. What else is not understood is kept and told.
 */
export async function importPackage(
  { store }: Around,
  person: Person,
  file: { readonly name: string; readonly content: Uint8Array },
): Promise<NewPackageFiles> {
  const { unitId } = await designScope(store, person)
  const name = file.name.split(/[/\\]/).at(-1) ?? file.name
  const isModel = /\.(bpmn|xml)$/i.test(name)
  const { texts, problems } = textsOfFiles(
    isModel ? [{ name: name.replace(/\.\w+$/, '.bpmn'), content: file.content }] : readArchive(name, file.content),
  )
  if (!Object.keys(texts).some((one) => one.endsWith('.bpmn')))
    throw new Rejection('ARCHIVE_INVALID', { name, archive: 'noProcess' })
  const made = await completed(store, texts, name.replace(/\.\w+$/, '').slice(0, 200))
  const refused = made.problems.find(({ code }) => NO_MODEL.has(code))
  if (refused) throw new Rejection(refused.code, { ...refused.facts, resource: refused.resource })
  return { ...made, unitId, problems: [...problems, ...made.problems] }
}

/** Files under another name, and under an id of their own when theirs is somebody's. */
async function copyOf(
  store: Store,
  files: PackageFiles,
  from: string,
  name: string,
): Promise<{ readonly id: string; readonly files: PackageFiles }> {
  const id = await freeId(store, from)
  return { id, files: id === from ? named(files, name) : renamePackage(files, { id, name }) }
}

const named = (files: PackageFiles, name: string): PackageFiles =>
  files['package.yaml'] === undefined
    ? files
    : { ...files, 'package.yaml': setPackageName(files['package.yaml'], name) }
