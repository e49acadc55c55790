import { expect, test } from 'vitest'
import { CheckpointAhead } from './audit/checkpoint-file.ts'
import { StorageError } from './db/storage-error.ts'
import { faultOf } from './fault-of.ts'

test.each([
  [
    new CheckpointAhead('/copy', 7),
    { name: 'CheckpointAhead', why: expect.stringMatching(/^Expected checkpoint 7 of \/copy/) },
  ],
  [Object.assign(new Error("open '/copy'"), { code: 'EACCES' }), { name: 'Error', code: 'EACCES' }],
  [new StorageError('SQLITE_FULL', null), { name: 'StorageError', code: 'SQLITE_FULL' }],
  [new Error("Failed query: … params: ['a name']"), { name: 'Error' }],
  ['a text', { name: 'string' }],
])('I18 the log says what it may of %s', (error, told) => {
  expect(faultOf(error)).toEqual(told)
})
