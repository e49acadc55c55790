import { complete, element } from './element.ts'

/** Undefined task: passes at once (Zeebe: "Undefined tasks"). */
export const undefinedTask = element({
  type: 'bpmn:Task',
  waits: false,
  properties: [],
  extensions: [],
  read: () => ({}),
  activate: () => complete(),
})
