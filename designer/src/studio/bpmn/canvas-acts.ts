import { st } from '../../i18n/studio.ts'
import { saveFile } from '../../ui/save-file.ts'
import { showToast } from '../../ui/toast.tsx'
import type { ToolName } from './canvas-state.ts'
import { savePng, saveSvg } from './export-picture.ts'
import { isApart } from './pieces/extension.ts'
import type { StudioModeler } from './services.ts'

/** What the toolbars do to the drawing. */
export interface CanvasActs {
  tool(name: ToolName): void
  undo(): void
  redo(): void
  align(side: string): void
  distribute(axis: 'horizontal' | 'vertical'): void
  copy(): void
  paste(): void
  zoomBy(steps: number): void
  zoomReset(): void
  fit(): void
  minimap(): void
  exportXml(): void
  exportSvg(): void
  exportPng(): void
}

/** Room that toolbars take from the paper, in pixels. */
const ROOM = { top: 62, right: 24, bottom: 62, left: 24 }
/** And the way back out of a sub-process that is drawn apart. */
const WAY_OUT = 42
const LARGEST = 1
/** Below this scale names are hard to read. */
const READABLE = 0.72

/**
 * @param name what exported files are called, without ending
 */
export function canvasActs(modeler: StudioModeler, name: () => string): CanvasActs {
  const act = (action: string, options?: object) => modeler.get('editorActions').trigger(action, options)
  const exported = (save: () => Promise<void>) => {
    save().catch(() => showToast(st('bpmn.exportFailed'), 'problem'))
  }
  return {
    tool(tool) {
      const { active } = toolsOf(modeler)
      const wanted = toolsOf(modeler)[tool]
      if (!wanted) {
        active()?.toggle()
        return
      }
      wanted.toggle()
      modeler.get('canvas').focus()
    },
    undo: () => act('undo'),
    redo: () => act('redo'),
    align: (side) => act('alignElements', { type: side }),
    distribute: (axis) => act('distributeElements', { type: axis }),
    copy() {
      const selected = modeler.get('selection').get()
      if (selected.length === 0) {
        showToast(st('bpmn.nothingToCopy'), 'plain')
        return
      }
      modeler.get('copyPaste').copy(selected)
      showToast(st('bpmn.copied'))
    },
    paste() {
      if (modeler.get('clipboard').isEmpty()) {
        showToast(st('bpmn.nothingToPaste'), 'plain')
        return
      }
      const canvas = modeler.get('canvas')
      const { x, y, width, height } = canvas.viewbox()
      modeler.get('copyPaste').paste({
        element: canvas.getRootElement(),
        point: { x: Math.round(x + width / 2), y: Math.round(y + height / 2) },
      })
      canvas.focus()
    },
    zoomBy: (steps) => modeler.get('zoomScroll').stepZoom(steps),
    zoomReset: () => void modeler.get('canvas').zoom(1, 'auto'),
    fit: () => fitPaper(modeler),
    minimap() {
      const minimap = modeler.get('minimap')
      if (minimap.isOpen()) minimap.close()
      else minimap.open()
    },
    exportXml: () =>
      exported(async () => {
        const { xml } = await modeler.saveXML({ format: true })
        saveFile(`${name()}.bpmn`, new Blob([xml ?? ''], { type: 'application/xml' }))
      }),
    exportSvg: () => exported(() => saveSvg(modeler, name())),
    exportPng: () => exported(() => savePng(modeler, name())),
  }
}

function toolsOf(modeler: StudioModeler) {
  const hand = modeler.get('handTool')
  const connect = modeler.get('globalConnect')
  const lasso = modeler.get('lassoTool')
  const space = modeler.get('spaceTool')
  return {
    hand,
    connect,
    lasso,
    space,
    select: undefined,
    active: () => [hand, connect, lasso, space].find((tool) => tool.isActive()),
  }
}

/** Shows the whole drawing between the toolbars, no larger than it can be read well. */
export function fitPaper(modeler: StudioModeler): void {
  lookAt(modeler, 0)
}

/** Shows the whole drawing, or as much from its beginning as can be read. */
export function beginPaper(modeler: StudioModeler): void {
  lookAt(modeler, READABLE)
}

function lookAt(modeler: StudioModeler, smallest: number): void {
  const canvas = modeler.get('canvas')
  canvas.resized()
  const { inner, outer } = canvas.viewbox()
  if (inner.width === 0 || outer.width === 0) return
  const top = ROOM.top + (isApart(canvas.getRootElement()) ? WAY_OUT : 0)
  const across = outer.width - ROOM.left - ROOM.right
  const down = outer.height - top - ROOM.bottom
  const scale = Math.max(smallest, Math.min(LARGEST, across / inner.width, down / inner.height))
  // What does not fill the paper stands in its middle.
  const spareX = Math.max(0, across / scale - inner.width) / 2
  const spareY = Math.max(0, down / scale - inner.height) / 2
  canvas.viewbox({
    x: inner.x - ROOM.left / scale - spareX,
    y: inner.y - top / scale - spareY,
    width: outer.width / scale,
    height: outer.height / scale,
  })
}
