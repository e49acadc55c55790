import { type CompiledModel, compile } from '../compile/compile.ts'
import { missingReferences, type References } from '../compile/references.ts'
import { readDecisions } from '../dmn/index.ts'
import type { FieldDictionary } from '../field/dictionary.ts'
import { readDictionary } from '../field/read.ts'
import { readForm } from '../form/index.ts'
import { isObject } from '../form/json-object.ts'
import type { Problem } from '../problem/problem.ts'
import { checkPackage } from './check/check-package.ts'
import { type KnownPeople, unknownPeople } from './check/people.ts'
import type { PackageFiles } from './files.ts'
import type { JudgedDecision, JudgedForm, JudgedPackage, JudgedProcess } from './judged.ts'
import { idsTaken, type TakenIds, unfitFor } from './ownership.ts'
import { type PackageFile, readPackageFile } from './package-file.ts'
import { type ParameterDeclaration, readParametersFile } from './parameters-file.ts'
import { decodeUtf8, utf8Length } from './utf8.ts'

/** A file of a package as it was sent: a name may come twice, the bytes may be no text. */
export interface PackageResource {
  readonly name: string
  readonly content: Uint8Array
}

/** Forms and decisions deployed before, that models may name. */
export interface KnownResources {
  readonly forms: readonly string[]
  readonly decisions: readonly string[]
  /** Processes that can be called; absent where nobody can tell: then calls are not judged. */
  readonly processes?: readonly string[]
  /** Keys of the roles and levels there are; absent where nobody can tell: then who is named is not judged. */
  readonly people?: KnownPeople
  /** The package a draft belongs to, and what belongs to others; deploying asks that by itself. */
  readonly owner?: { readonly packageId: string; readonly taken: TakenIds }
}

const MAX_BYTES = 2 * 1024 * 1024
const MAX_RESOURCES = 200
/** What belongs to a package and is not deployed: stories, papers, people of an example, rows that test a decision. */
const KEPT_ASIDE = /^(scenarios|documents)\/|^organisation\.yaml$|\.dmn\.tests\.yaml$/

function fault(code: Problem['code'], resource: string, facts: Problem['facts'] = {}): Problem {
  return { code, severity: 'error', resource, elementId: null, elementName: null, facts: { resource, ...facts } }
}

/**
 * Judges the files of a package together: BPMN, DMN, form-js, `package.yaml`, `parameters.yaml`, `fields.yaml`, and how
 * they fit. Deploying refuses what has an error here; the studio shows the same findings while one draws. Nothing is
 * written, nothing thrown for bad input.
 *
 * @param files texts by name, or files as they were sent
 * @param known what other packages have
 */
export async function judgePackage(
  files: PackageFiles | readonly PackageResource[],
  known: KnownResources = { forms: [], decisions: [] },
): Promise<JudgedPackage> {
  const judge = new Judge()
  const names = new Set<string>()
  const sources = sourcesOf(files)
  for (const { name, text, bytes } of sources.slice(0, MAX_RESOURCES)) {
    if (names.has(name)) judge.problems.push(fault('DUPLICATE_ID', name, { id: name }))
    names.add(name)
    if (bytes > MAX_BYTES) {
      judge.problems.push(fault('RESOURCE_TOO_LARGE', name, { what: 'bytes', found: bytes, limit: MAX_BYTES }))
    } else if (text === null) {
      judge.problems.push(fault('XML_UNREADABLE', name, { message: 'not UTF-8', line: null }))
    } else await judge.take(name, text)
  }
  if (sources.length > MAX_RESOURCES)
    judge.problems.push(
      fault('RESOURCE_TOO_LARGE', '', { what: 'elements', found: sources.length, limit: MAX_RESOURCES }),
    )
  return judge.verdict(known, [...names])
}

class Judge {
  readonly problems: Problem[] = []
  readonly #processes: JudgedProcess[] = []
  readonly #decisions: JudgedDecision[] = []
  readonly #forms: JudgedForm[] = []
  readonly #references: References[] = []
  /** Ids of what is there and has faults of its own: nobody who names it is told that it is missing. */
  readonly #faulty = { forms: [] as string[], decisions: [] as string[] }
  #package: PackageFile | null = null
  #parameters: readonly ParameterDeclaration[] | null = null
  #fields: FieldDictionary | null = null

  async take(name: string, text: string): Promise<void> {
    const base = name.split('/').at(-1) ?? name
    if (base.endsWith('.bpmn')) this.#model(await compile(text, name), text, name)
    else if (base.endsWith('.dmn')) {
      const read = await readDecisions(text, name)
      this.problems.push(...read.problems)
      for (const { elementId } of read.problems) if (elementId) this.#faulty.decisions.push(elementId)
      for (const decision of read.decisions) this.#decisions.push({ decision, xml: text, resource: name })
    } else if (base.endsWith('.form')) this.#form(text, name)
    else if (base === 'package.yaml') this.#package = this.#read(readPackageFile(name, text))
    else if (base === 'parameters.yaml') this.#parameters = this.#read(readParametersFile(name, text))
    else if (base === 'fields.yaml') {
      const { dictionary, problems } = readDictionary(text, name)
      this.problems.push(...problems)
      this.#fields = dictionary
    } else if (!KEPT_ASIDE.test(name)) this.problems.push(fault('RESOURCE_NOT_SUPPORTED', name))
  }

  verdict(known: KnownResources, names: readonly string[]): JudgedPackage {
    const { problems } = this
    const [processes, decisions, forms] = [this.#processes, this.#decisions, this.#forms]
    if (known.owner) {
      problems.push(...unfitFor(known.owner.packageId, names, this.#package?.id ?? null))
      problems.push(...idsTaken({ processes, decisions, forms }, known.owner.taken))
    }
    problems.push(...twice(processes.map(({ process, resource }) => ({ id: process.id, resource }))))
    problems.push(...twice(decisions.map(({ decision, resource }) => ({ id: decision.id, resource }))))
    problems.push(...twice(forms))
    const all = {
      forms: [...known.forms, ...this.#faulty.forms, ...forms.map(({ id }) => id)],
      decisions: [...known.decisions, ...this.#faulty.decisions, ...decisions.map(({ decision }) => decision.id)],
      ...(known.processes && {
        processes: [...known.processes, ...processes.map(({ process }) => process.id)],
      }),
    }
    for (const named of this.#references) problems.push(...missingReferences(named, all))
    const judged = {
      processes,
      decisions,
      forms,
      package: this.#package,
      parameters: this.#parameters,
      fields: this.#fields,
    }
    problems.push(...checkPackage(judged))
    if (known.people) problems.push(...unknownPeople(judged, known.people))
    return { ...judged, problems }
  }

  #read<T>({ value, problems }: { readonly value: T; readonly problems: readonly Problem[] }): T {
    this.problems.push(...problems)
    return value
  }

  #model(model: CompiledModel, xml: string, resource: string): void {
    this.problems.push(...model.problems)
    this.#references.push(model.references)
    for (const process of model.processes) this.#processes.push({ process, xml, resource })
  }

  #form(text: string, resource: string): void {
    let schema: unknown
    try {
      schema = JSON.parse(text)
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      this.problems.push(fault('FORM_INVALID', resource, { reason: 'json', found: message }))
      return
    }
    const { form, problems } = readForm(schema, resource)
    this.problems.push(...problems)
    if (!form && isObject(schema) && typeof schema.id === 'string') this.#faulty.forms.push(schema.id)
    if (form) this.#forms.push({ id: form.id, title: form.title, schema: form.schema, form, text, resource })
  }
}

interface Source {
  readonly name: string
  /** Null for bytes that are no UTF-8. */
  readonly text: string | null
  readonly bytes: number
}

const isList = (files: PackageFiles | readonly PackageResource[]): files is readonly PackageResource[] =>
  Array.isArray(files)

function sourcesOf(files: PackageFiles | readonly PackageResource[]): readonly Source[] {
  if (!isList(files)) return Object.entries(files).map(([name, text]) => ({ name, text, bytes: utf8Length(text) }))
  return files.map(({ name, content }) => ({
    name,
    text: content.byteLength > MAX_BYTES ? '' : decodeUtf8(content),
    bytes: content.byteLength,
  }))
}

function twice(entries: readonly { readonly id: string; readonly resource: string }[]): Problem[] {
  const seen = new Set<string>()
  return entries.flatMap(({ id, resource }) => {
    if (seen.has(id)) return [fault('DUPLICATE_ID', resource, { id })]
    seen.add(id)
    return []
  })
}
