import { oneOf } from './choices.ts'

export const radio = oneOf('radio')
