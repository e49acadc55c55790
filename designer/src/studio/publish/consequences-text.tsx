import { createMemo } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { reachOf } from './consequences.ts'

/** What publishing brings about, with real numbers: who uses the new version, and what becomes of running cases. */
export function Consequences(props: { workspace: Workspace; version: number }) {
  const info = () => props.workspace.info()
  const reach = createMemo(() => reachOf(props.workspace.directory(), info().unit))
  const who = () => {
    const found = reach()
    if (!found) return st('publish.noUnits', { version: props.version })
    return found.count > 1
      ? st('publish.units', { unit: found.first, count: found.count, level: found.level, version: props.version })
      : st('publish.unit', { unit: found.first, version: props.version })
  }
  const cases = () => {
    const { published, running } = info()
    if (!published) return st('publish.first')
    if (running === 0) return st('publish.noRunning')
    return published.running === running
      ? st('publish.runningOn', { count: running, version: published.version })
      : st('publish.running', { count: running })
  }
  const holds = () =>
    st('publish.firstHolds', {
      steps: props.workspace.steps().length,
      fields: props.workspace.dictionary().fields.length,
      forms: Object.keys(props.workspace.files).filter((name) => name.endsWith('.form')).length,
    })
  return (
    <p class="publish-consequences">
      {who()}
      {cases()}
      {info().published ? '' : holds()}
      {info().retired ? st('publish.retiredNow') : ''}
    </p>
  )
}
