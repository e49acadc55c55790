import { isFileTaken } from '../rule/file-kind.ts'
import { fieldType } from './field-type.ts'
import { describeFiles, filesOf, MAX_FILES, storedFile } from './stored-file.ts'

/** Pictures and documents: a list of stored files, one unless `multiple`, of the kinds that `accept` names. */
export const filepicker = fieldType({
  type: 'filepicker',
  read(component) {
    const many = component.value('multiple') !== undefined && component.value('multiple') !== false
    return {
      valueSchema: { type: 'array', items: storedFile(), maxItems: many ? MAX_FILES : 1 },
      expects: 'files',
      empty: [],
      accept: component.text('accept'),
    }
  },
  judge: (value, { accept }) =>
    filesOf(value).flatMap(({ name, type }) =>
      accept === null || isFileTaken({ name, type }, accept)
        ? []
        : [{ code: 'FIELD_FILE_KIND' as const, facts: { name, kinds: accept } }],
    ),
  describe: describeFiles,
  files: filesOf,
})
