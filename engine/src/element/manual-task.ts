import { complete, element } from './element.ts'

/** Manual task: documentation of work outside; passes at once (Zeebe: "Manual tasks"). */
export const manualTask = element({
  type: 'bpmn:ManualTask',
  waits: false,
  properties: [],
  extensions: [],
  read: () => ({}),
  activate: () => complete(),
})
