import type { Plugin } from 'vite'

/**
 * The engine does nothing by being loaded: what a page does not call of it is not shipped. Without being told so, a
 * phone would get all of it for the rules of one field.
 */
export const pureEngine: Plugin = {
  name: 'pure-engine',
  transform: {
    filter: { id: /\/engine\/src\/.*\.ts$/ },
    handler: () => ({ moduleSideEffects: false }),
  },
}
