import { onCleanup, onMount } from 'solid-js'
import { st } from '../../i18n/studio.ts'
import type { StudioModeler } from './modeler.ts'

/** The complete panel of bpmn-js for what is selected. */
export function ExpertPanel(props: { modeler: StudioModeler }) {
  let place!: HTMLElement
  onMount(() => {
    const panel = props.modeler.get('propertiesPanel')
    panel.attachTo(place)
    onCleanup(() => panel.detach())
  })
  return <aside class="expert-panel" ref={place} aria-label={st('bpmn.panel')} />
}
