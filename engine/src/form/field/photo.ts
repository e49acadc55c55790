import { multipleProperty, requiredProperty } from './definition.ts'
import { fieldType } from './field-type.ts'
import { describeFiles, filesOf, MAX_FILES, storedPicture } from './stored-file.ts'

/** Pictures taken on the spot, time and place drawn into them: a list of stored files, one unless `multiple`. */
export const photo = fieldType({
  type: 'photo',
  read: (component) => ({
    valueSchema: {
      type: 'array',
      items: storedPicture(),
      maxItems: component.value('multiple') === true ? MAX_FILES : 1,
    },
    expects: 'photos',
    empty: [],
  }),
  describe: describeFiles,
  files: filesOf,
  definition: {
    group: 'basic-input',
    icon: 'camera',
    create: { multiple: true },
    properties: [requiredProperty, multipleProperty],
  },
})
