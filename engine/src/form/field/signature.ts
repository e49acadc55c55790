import { wordOf } from '../../problem/index.ts'
import { requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'
import { filesOf, storedPicture } from './stored-file.ts'

/** A name written by hand: a list with one stored picture. */
export const signature = fieldType({
  type: 'signature',
  read: () => ({
    valueSchema: { type: 'array', items: storedPicture(), maxItems: 1 },
    expects: 'signature',
    empty: [],
  }),
  describe: (_value, _field, _options, language) => wordOf('answer', 'signed', language),
  files: filesOf,
  definition: { group: 'basic-input', icon: 'signature', create: {}, properties: [requiredProperty] },
})
