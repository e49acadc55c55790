import MapIcon from 'lucide-solid/icons/map'
import Maximize from 'lucide-solid/icons/maximize'
import Minus from 'lucide-solid/icons/minus'
import Plus from 'lucide-solid/icons/plus'
import { st } from '../../i18n/studio.ts'
import { Tip } from '../../ui/tooltip.tsx'
import type { CanvasActs } from './canvas-acts.ts'
import type { CanvasState } from './canvas-state.ts'
import { commandKey } from './keys.ts'
import { ToolButton } from './tool-button.tsx'

/** How large the drawing is seen, and the small map of it. */
export function ZoomTools(props: { state: CanvasState; acts: CanvasActs }) {
  return (
    <div class="tools low" role="toolbar" aria-label={st('bpmn.keyGroups.view')}>
      <ToolButton
        icon={Minus}
        label={st('bpmn.zoomOut')}
        keys={commandKey('-')}
        onPress={() => props.acts.zoomBy(-1)}
      />
      <Tip text={st('bpmn.zoomReset')} keys={commandKey('0')}>
        <button
          type="button"
          class="tool zoom num"
          aria-label={st('bpmn.zoomNow', { n: props.state.zoom() })}
          onClick={() => props.acts.zoomReset()}
        >
          {props.state.zoom()}%
        </button>
      </Tip>
      <ToolButton icon={Plus} label={st('bpmn.zoomIn')} keys={commandKey('+')} onPress={() => props.acts.zoomBy(1)} />
      <i class="tools-gap" />
      <ToolButton icon={Maximize} label={st('bpmn.fit')} onPress={() => props.acts.fit()} />
      <ToolButton
        icon={MapIcon}
        label={st('bpmn.minimap')}
        on={props.state.minimap()}
        onPress={() => props.acts.minimap()}
      />
    </div>
  )
}
