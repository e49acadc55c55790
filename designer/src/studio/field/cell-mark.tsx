import type { StepAccess } from '@bihuan/engine'
import Eye from 'lucide-solid/icons/eye'
import { Match, Switch } from 'solid-js'
import { st } from '../../i18n/studio.ts'

/** The mark of an access, told apart by shape: full ink, a frame, an eye, a dash. */
export function CellMark(props: { access: StepAccess }) {
  return (
    <span class={`cell-mark ${props.access}`} aria-hidden="true">
      <Switch>
        <Match when={props.access === 'required'}>{st('fields.mark.required')}</Match>
        <Match when={props.access === 'write'}>{st('fields.mark.write')}</Match>
        <Match when={props.access === 'read'}>
          <Eye class="icon s" />
        </Match>
      </Switch>
    </span>
  )
}
