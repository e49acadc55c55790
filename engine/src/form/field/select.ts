import { oneOf } from './choices.ts'

export const select = oneOf('select')
