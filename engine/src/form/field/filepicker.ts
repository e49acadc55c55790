import { fieldType } from './field-type.ts'
import { describeFiles, filesOf, MAX_FILES, storedFile } from './stored-file.ts'

/** Pictures and documents: a list of stored files, one unless `multiple`. */
export const filepicker = fieldType({
  type: 'filepicker',
  read(component) {
    const many = component.value('multiple') !== undefined && component.value('multiple') !== false
    return {
      valueSchema: { type: 'array', items: storedFile(), maxItems: many ? MAX_FILES : 1 },
      expects: 'files',
      empty: [],
    }
  },
  describe: describeFiles,
  files: filesOf,
})
