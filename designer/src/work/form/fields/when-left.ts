/** Calls back when the focus leaves a whole field, not when it moves within: a value half typed is no fault yet. */
export function whenLeft(event: FocusEvent & { currentTarget: Element }, then: () => void): void {
  const field = event.currentTarget.closest('fieldset')
  if (!(event.relatedTarget instanceof Node && field?.contains(event.relatedTarget))) then()
}
