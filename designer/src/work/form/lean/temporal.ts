/**
 * Dates of FEEL. A browser that has Temporal uses its own; an older one fetches the polyfill, an eighth of what a phone
 * loads for a task.
 */
type Native = typeof globalThis & { readonly Temporal?: typeof import('temporal-polyfill').Temporal }

export const Temporal = (globalThis as Native).Temporal ?? (await import('temporal-polyfill')).Temporal
