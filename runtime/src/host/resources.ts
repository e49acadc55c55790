import {
  compile,
  type Decision,
  missingReferences,
  type Problem,
  type ProcessDefinition,
  type References,
  readDecisions,
  readForm,
  type Variables,
} from '@bihuan/engine'
import { sha256 } from '../audit/record-text.ts'
import type { ParameterDeclaration } from '../db/schema/parameter-set.ts'
import type { Resource } from './host.ts'
import { type PackageFile, readPackageFile, readParametersFile } from './package-file.ts'

/** A deployment as read: what would be deployed, and everything that speaks against it. */
export interface ReadResources {
  readonly processes: readonly {
    readonly process: ProcessDefinition
    readonly xml: string
    readonly resource: string
  }[]
  readonly decisions: readonly {
    readonly decision: Decision
    readonly xml: string
    readonly resource: string
    readonly digest: string
  }[]
  readonly forms: readonly {
    readonly id: string
    readonly title: string | null
    readonly schema: Variables
    readonly resource: string
    readonly digest: string
  }[]
  readonly package: PackageFile | null
  readonly parameters: readonly ParameterDeclaration[] | null
  readonly problems: readonly Problem[]
}

const MAX_BYTES = 2 * 1024 * 1024
const MAX_RESOURCES = 200

function fault(code: Problem['code'], resource: string, facts: Problem['facts'] = {}): Problem {
  return { code, severity: 'error', resource, elementId: null, elementName: null, facts: { resource, ...facts } }
}

/**
 * Reads the resources of a deployment together: BPMN, DMN, form-js, `package.yaml`, `parameters.yaml`. Nothing is
 * written. `known` are the forms and decisions deployed before.
 */
export async function readResources(
  resources: readonly Resource[],
  known: { readonly forms: readonly string[]; readonly decisions: readonly string[] },
): Promise<ReadResources> {
  const problems: Problem[] = []
  const processes: ReadResources['processes'][number][] = []
  const decisions: ReadResources['decisions'][number][] = []
  const forms: ReadResources['forms'][number][] = []
  const references: References[] = []
  let packageFile: PackageFile | null = null
  let parameters: readonly ParameterDeclaration[] | null = null

  const names = new Set<string>()
  for (const resource of resources.slice(0, MAX_RESOURCES)) {
    const { name } = resource
    if (names.has(name)) problems.push(fault('DUPLICATE_ID', name, { id: name }))
    names.add(name)
    if (resource.content.byteLength > MAX_BYTES) {
      const facts = { what: 'bytes', found: resource.content.byteLength, limit: MAX_BYTES }
      problems.push(fault('RESOURCE_TOO_LARGE', name, facts))
      continue
    }
    const source = readText(resource.content)
    const base = name.split('/').at(-1) ?? name
    if (source === null) problems.push(fault('XML_UNREADABLE', name, { message: 'not UTF-8', line: null }))
    else if (base.endsWith('.bpmn')) {
      const model = await compile(source, name)
      problems.push(...model.problems)
      references.push(model.references)
      for (const process of model.processes) processes.push({ process, xml: source, resource: name })
    } else if (base.endsWith('.dmn')) {
      const read = await readDecisions(source, name)
      problems.push(...read.problems)
      for (const decision of read.decisions)
        decisions.push({ decision, xml: source, resource: name, digest: sha256(source) })
    } else if (base.endsWith('.form')) {
      const read = readFormText(source, name)
      problems.push(...read.problems)
      if (read.form) forms.push(read.form)
    } else if (base === 'package.yaml') {
      const read = readPackageFile(name, source)
      problems.push(...read.problems)
      packageFile = read.value
    } else if (base === 'parameters.yaml') {
      const read = readParametersFile(name, source)
      problems.push(...read.problems)
      parameters = read.value
    } else problems.push(fault('RESOURCE_NOT_SUPPORTED', name))
  }
  if (resources.length > MAX_RESOURCES)
    problems.push(fault('RESOURCE_TOO_LARGE', '', { what: 'elements', found: resources.length, limit: MAX_RESOURCES }))
  problems.push(...twice(processes.map(({ process, resource }) => ({ id: process.id, resource }))))
  problems.push(...twice(decisions.map(({ decision, resource }) => ({ id: decision.id, resource }))))
  problems.push(...twice(forms))
  const all = {
    forms: [...known.forms, ...forms.map(({ id }) => id)],
    decisions: [...known.decisions, ...decisions.map(({ decision }) => decision.id)],
  }
  for (const named of references) problems.push(...missingReferences(named, all))
  return { processes, decisions, forms, package: packageFile, parameters, problems }
}

/** UTF-8 text without a byte order mark; null for bytes that are no UTF-8. */
function readText(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return null
  }
}

function readFormText(
  source: string,
  resource: string,
): { form: ReadResources['forms'][number] | null; problems: readonly Problem[] } {
  let schema: unknown
  try {
    schema = JSON.parse(source)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return { form: null, problems: [fault('FORM_INVALID', resource, { reason: 'json', found: message })] }
  }
  const { form, problems } = readForm(schema as Variables, resource)
  if (!form) return { form: null, problems }
  return { form: { id: form.id, title: form.title, schema: form.schema, resource, digest: sha256(source) }, problems }
}

function twice(entries: readonly { readonly id: string; readonly resource: string }[]): Problem[] {
  const seen = new Set<string>()
  return entries.flatMap(({ id, resource }) => {
    if (seen.has(id)) return [fault('DUPLICATE_ID', resource, { id })]
    seen.add(id)
    return []
  })
}
