import type { FlowNode, JudgedPackage, Problem } from '@bihuan/engine'
import type { Egress } from './egress.ts'

/**
 * The beginning of an address that the drawing writes out: scheme, host and what follows, up to the first part that
 * is computed.
 */
const WRITTEN = /^\s*"(https?:\/\/[^/"?#\s]+(?:[/?#][^"\s]*)?)"/i
/** Where an address goes on to be computed before its host has ended, nothing can be told. */
const OPEN_HOST = /^\s*"https?:\/\/[^/"?#\s]+"\s*\+/i

/**
 * Warnings about calls that a deployment draws and this server would refuse: the host is not on its list. The list
 * may grow before the case gets there, so it is no error; the call itself is judged again.
 */
export function judgeCalls({ processes }: Pick<JudgedPackage, 'processes'>, egress: Egress): readonly Problem[] {
  return processes.flatMap(({ process, resource }) =>
    Object.values(process.nodes).flatMap((node) => {
      const host = refusedHost(node, egress)
      if (host === null) return []
      const about = { resource, elementId: node.id, elementName: node.name }
      return [{ code: 'EGRESS_NOT_LISTED', severity: 'warning', ...about, facts: { host } } satisfies Problem]
    }),
  )
}

function refusedHost(node: FlowNode, egress: Egress): string | null {
  const source = node.inputs.find(({ target }) => target === 'url')?.source
  if (!isCall(node) || source?.kind !== 'feel' || OPEN_HOST.test(source.source)) return null
  const [, written = ''] = WRITTEN.exec(source.source) ?? []
  if (!URL.canParse(written)) return null
  const url = new URL(written)
  return egress.couldAllow(url) ? null : url.host
}

function isCall(node: FlowNode): boolean {
  const type = 'jobType' in node.own ? node.own.jobType : null
  return type?.kind === 'static' && ['bihuan.http', 'bihuan.notify'].includes(type.source)
}
