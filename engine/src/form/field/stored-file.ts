import { listSeparator } from '../../problem/index.ts'
import type { Json } from '../../record/json.ts'
import type { AnswerFile, JsonObject } from '../form.ts'
import type { FieldType } from './field-type.ts'

/** Files of one answer. */
export const MAX_FILES = 30

/** A stored file as the upload answered it. The host checks that the id is one of this person's uploads. */
export const storedFile = (type: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,100}$' },
    name: { type: 'string', minLength: 1, maxLength: 255 },
    type: { type: 'string', minLength: 1, maxLength: 120, ...type },
    size: { type: 'integer', minimum: 0 },
  },
  required: ['id', 'name', 'type', 'size'],
  additionalProperties: false,
})

/** The same for pictures alone. */
export const storedPicture = (): JsonObject => storedFile({ pattern: '^image/(jpeg|png|webp)$' })

const isFile = (value: Json): value is Json & AnswerFile =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  typeof value.id === 'string' &&
  typeof value.name === 'string' &&
  typeof value.type === 'string' &&
  typeof value.size === 'number'

/** The stored files of a list; anything else in it is left out. */
export const filesOf = (value: Json): readonly AnswerFile[] =>
  Array.isArray(value) ? value.flatMap((one) => (isFile(one) ? [one] : [])) : []

/** Files by their names. */
export const describeFiles: FieldType['describe'] = (value, _field, _options, language) =>
  filesOf(value)
    .map((file) => file.name)
    .join(listSeparator(language))
