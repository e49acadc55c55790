let held = false
const waiting: (() => void)[] = []

const letGo = () => {
  held = false
  for (const then of waiting.splice(0)) setTimeout(then)
}
addEventListener('pointerdown', () => (held = true), true)
addEventListener('pointerup', letGo, true)
addEventListener('pointercancel', letGo, true)

/**
 * Does something that moves the page when no press is under way any more. Whoever presses a button leaves the field he was
 * in: a line that appears below the field between the press and its end moves the button away, and the press is lost.
 */
export function afterPress(then: () => void): void {
  if (held) waiting.push(then)
  else setTimeout(then)
}
