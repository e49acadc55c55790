import type { ElementInstance } from '../state/state.ts'

/**
 * Type of the element instance around one activation in an ad-hoc sub-process, whose node it shares as the body of a
 * multi-instance does (Zeebe: "inner instance").
 */
export const ACTIVATION = 'adHocSubProcessInnerInstance'

export function isActivation(element: Pick<ElementInstance, 'elementType'>): boolean {
  return element.elementType === ACTIVATION
}
