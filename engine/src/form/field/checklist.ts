import { manyOf } from './choices.ts'

export const checklist = manyOf('checklist')
