import { A } from '@solidjs/router'
import MonitorUp from 'lucide-solid/icons/monitor'
import { st } from '../../i18n/studio.ts'
import { EmptyState } from '../../ui/state.tsx'
import type { Workspace } from '../workspace/workspace.ts'
import { partAddress, type StudioPart } from './parts.ts'

/** Whether a part can be read in a narrow window. */
export const partOfNarrow = (part: StudioPart): boolean =>
  part !== 'process' && part !== 'decisions' && part !== 'trial'

/** What stands where drawing would, in a window too narrow for it. */
export function Narrow(props: { workspace: Workspace }) {
  return (
    <EmptyState sign={<MonitorUp class="icon" />} title={st('shell.narrowTitle')} text={st('shell.narrowText')}>
      <div class="studio-narrow-ways">
        <A class="btn secondary small" href={partAddress(props.workspace.id, 'fields')}>
          {st('shell.fields')}
        </A>
        <A class="btn secondary small" href={partAddress(props.workspace.id, 'forms')}>
          {st('shell.forms')}
        </A>
      </div>
    </EmptyState>
  )
}
