/** The parts of the studio, as they stand in the address and as others are told where one is. */
export const parts = ['process', 'fields', 'forms', 'decisions', 'parameters', 'trial', 'history'] as const
export type StudioPart = (typeof parts)[number]

/** The part that an address `/studio/:id/…` shows. */
export function partOf(pathname: string): StudioPart {
  const name = pathname.split('/')[3] ?? ''
  return parts.find((part) => part === name) ?? 'process'
}

/** Where a part of a package is. */
export const partAddress = (id: string, part: StudioPart): string =>
  `/studio/${encodeURIComponent(id)}${part === 'process' ? '' : `/${part}`}`
