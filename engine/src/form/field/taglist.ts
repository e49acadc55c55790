import { manyOf } from './choices.ts'

export const taglist = manyOf('taglist')
