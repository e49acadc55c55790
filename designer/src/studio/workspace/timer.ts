/** The timers of the window, in the shape that what waits takes them. */
export const timer = {
  set: (act: () => void, ms: number): unknown => setTimeout(act, ms),
  clear: (id: unknown): void => clearTimeout(id as ReturnType<typeof setTimeout> | undefined),
}
