import { listSeparator } from '../../problem/index.ts'
import type { JsonObject } from '../form.ts'
import { fieldType } from './field-type.ts'

/** A stored file as the upload answered it. The host checks that the id is one of this person's uploads. */
const STORED_FILE: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,100}$' },
    name: { type: 'string', minLength: 1, maxLength: 255 },
    type: { type: 'string', minLength: 1, maxLength: 120 },
    size: { type: 'integer', minimum: 0 },
  },
  required: ['id', 'name', 'type', 'size'],
  additionalProperties: false,
}
const MAX_FILES = 30

/** Pictures and documents: a list of stored files, one unless `multiple`. */
export const filepicker = fieldType({
  type: 'filepicker',
  read(component) {
    const many = component.value('multiple') !== undefined && component.value('multiple') !== false
    return {
      valueSchema: { type: 'array', items: STORED_FILE, maxItems: many ? MAX_FILES : 1 },
      expects: 'files',
      empty: [],
    }
  },
  describe: (value, _field, _options, language) =>
    (Array.isArray(value) ? value : [])
      .map((file) => (file !== null && typeof file === 'object' && !Array.isArray(file) ? String(file.name ?? '') : ''))
      .join(listSeparator(language)),
})
