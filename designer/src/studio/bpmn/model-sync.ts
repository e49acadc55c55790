import { createEffect, on, onCleanup } from 'solid-js'
import type { Workspace } from '../workspace/workspace.ts'
import { modelText, type SyncEvents } from './model-text.ts'
import type { StudioModeler } from './services.ts'

/**
 * Keeps a drawing and the text of its file the same: reads the text when another part changed it, writes it when the
 * drawing rests, before a save, and when the drawing goes. Call inside a component.
 */
export function syncModel(modeler: StudioModeler, workspace: Workspace, file: () => string, events: SyncEvents): void {
  const model = modelText(modeler, workspace, events)
  createEffect(
    on([file, () => workspace.files[file()]], ([name, text]) => {
      if (text !== undefined) model.show(name, text)
    }),
  )
  const end = workspace.beforeSave(model.write)
  onCleanup(() => {
    // The package may be closed with the page: it waits for this text.
    const last = model.close()
    if (last) void last.finally(end)
    else end()
  })
}
