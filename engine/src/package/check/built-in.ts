import { parseCandidates } from '../../element/candidate.ts'
import type { CandidateRef, FlowNode, JobSpec } from '../../model/definition.ts'
import type { ProblemCode } from '../../problem/catalog.ts'
import type { Facts, Problem } from '../../problem/problem.ts'
import type { JudgedPackage } from '../judged.ts'

/** Types of job that Bihuan does itself. The prefix is its own: no worker outside gets such a job. */
export const builtInTypes = [
  'bihuan.notice',
  'bihuan.people',
  'bihuan.http',
  'bihuan.notify',
  'bihuan.start',
  'bihuan.message',
] as const

/** An address that the drawing writes out, up to the first part that is computed. */
const WRITTEN_URL = /^\s*"([^"]*)"/

/**
 * Jobs of the house that could never be done: of a type it does not know, a list of people of no role, or a call to an
 * address that is none of http or https. What a server may call is its own to say, and is said when it deploys.
 */
export function builtInJobs({ processes }: Pick<JudgedPackage, 'processes'>): Problem[] {
  return processes.flatMap(({ process, resource }) =>
    Object.values(process.nodes).flatMap((node) => {
      const report = (code: ProblemCode, facts: Facts): Problem => ({
        code,
        severity: 'error',
        resource,
        elementId: node.id,
        elementName: node.name,
        facts,
      })
      const types = builtInJobsOf(node).map(({ type }) => type)
      const unknown = types.filter((type) => !(builtInTypes as readonly string[]).includes(type))
      return [
        ...unknown.map((type) => report('JOB_TYPE_UNKNOWN', { type })),
        ...(rolesListed(node).some(namesNoRole) ? [report('JOB_ROLE_MISSING', {})] : []),
        ...(types.includes('bihuan.http') || types.includes('bihuan.notify') ? urlFaults(node, report) : []),
      ]
    }),
  )
}

/** Every job that an element makes: its own, that of a message it throws, those of its listeners. */
function jobsOf({ own, listeners }: FlowNode): readonly JobSpec[] {
  return [
    ...('jobType' in own ? [own] : []),
    ...('job' in own && own.job ? [own.job] : []),
    ...('throws' in own && own.throws.kind === 'message' ? [own.throws.job] : []),
    ...('listeners' in own ? Object.values(own.listeners).flat() : []),
    ...listeners.start,
    ...listeners.end,
  ]
}

const builtInJobsOf = (node: FlowNode) =>
  jobsOf(node).flatMap(({ jobType: { kind, source }, headers }) =>
    kind === 'static' && source.startsWith('bihuan.') ? [{ type: source, headers }] : [],
  )

/** What each `bihuan.people` of an element lists, as it is written (`rolesToList`). */
export const rolesListed = (node: FlowNode): readonly (readonly CandidateRef[])[] =>
  builtInJobsOf(node).flatMap(({ type, headers }) =>
    type === 'bihuan.people' ? [parseCandidates(headers.role ?? '')] : [],
  )

const namesNoRole = (named: readonly CandidateRef[]): boolean => named.every(({ role }) => role === '')

function urlFaults(node: FlowNode, report: (code: ProblemCode, facts: Facts) => Problem): Problem[] {
  const source = node.inputs.find(({ target }) => target === 'url')?.source
  const written = source?.kind === 'static' ? source.source : (WRITTEN_URL.exec(source?.source ?? '')?.[1] ?? '')
  // What begins with something computed is judged when it is called.
  return written === '' || /^https?:\/\//i.test(written)
    ? []
    : [report('URL_NOT_HTTP', { found: written.slice(0, 80) })]
}
