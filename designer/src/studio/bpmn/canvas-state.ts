import type { Element } from 'bpmn-js/lib/model/Types'
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { StudioModeler } from './services.ts'

export type ToolName = 'select' | 'hand' | 'connect' | 'lasso' | 'space'

/** What the toolbars and panels show of a modeller. Reactive. */
export interface CanvasState {
  readonly canUndo: Accessor<boolean>
  readonly canRedo: Accessor<boolean>
  /** Percent. */
  readonly zoom: Accessor<number>
  readonly selected: Accessor<readonly Element[]>
  readonly tool: Accessor<ToolName>
  readonly minimap: Accessor<boolean>
}

const TOOLS: Readonly<Record<string, ToolName>> = {
  hand: 'hand',
  'global-connect': 'connect',
  lasso: 'lasso',
  space: 'space',
}

/** Follows a modeller as long as the component lives. */
export function canvasState(modeler: StudioModeler): CanvasState {
  const [canUndo, setCanUndo] = createSignal(false)
  const [canRedo, setCanRedo] = createSignal(false)
  const [zoom, setZoom] = createSignal(100)
  const [selected, setSelected] = createSignal<readonly Element[]>(modeler.get('selection').get())
  const [tool, setTool] = createSignal<ToolName>('select')
  const [minimap, setMinimap] = createSignal(false)
  const bus = modeler.get('eventBus')
  const stack = modeler.get('commandStack')

  const follow = <T>(name: string, listener: (event: T) => void): (() => void) => {
    // A listener that gives something back would keep the event from the others.
    const quiet = (event: T): void => {
      listener(event)
    }
    bus.on<T>(name, quiet)
    return () => bus.off(name, quiet as (event: never) => void)
  }
  const ends = [
    follow('commandStack.changed', () => {
      setCanUndo(stack.canUndo())
      setCanRedo(stack.canRedo())
    }),
    follow('canvas.viewbox.changed', () => setZoom(Math.round(modeler.get('canvas').zoom() * 100))),
    follow<{ newSelection: readonly Element[] }>('selection.changed', ({ newSelection }) =>
      setSelected([...newSelection]),
    ),
    follow<{ tool?: string }>('tool-manager.update', ({ tool: name }) => setTool(TOOLS[name ?? ''] ?? 'select')),
    follow<{ open: boolean }>('minimap.toggle', ({ open }) => setMinimap(open)),
  ]
  onCleanup(() => {
    for (const end of ends) end()
  })
  return { canUndo, canRedo, zoom, selected, tool, minimap }
}
