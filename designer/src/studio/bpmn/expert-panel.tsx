import { onCleanup, onMount } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { StudioModeler } from './services.ts'

/** When the panel listens: its own effects run after it has been painted. */
const LISTENS = 120

/** The complete panel of bpmn-js for what is selected. */
export function ExpertPanel(props: { modeler: StudioModeler }) {
  let place!: HTMLElement
  onMount(() => {
    const panel = props.modeler.get('propertiesPanel')
    panel.attachTo(place)
    // What was chosen before the panel listened is told again.
    const told = setTimeout(() => {
      const newSelection = props.modeler.get('selection').get()
      props.modeler.get('eventBus').fire('selection.changed', { oldSelection: newSelection, newSelection })
    }, LISTENS)
    onCleanup(() => {
      clearTimeout(told)
      panel.detach()
    })
  })
  return <aside class="expert-panel" ref={place} aria-label={st('bpmn.panel')} />
}
