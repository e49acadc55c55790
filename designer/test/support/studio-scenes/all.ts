import { decisionScenes } from './decisions.ts'
import { fieldScenes } from './fields.ts'
import { formScenes } from './forms.ts'
import { listScenes } from './list.ts'
import { expertScenes, processScenes } from './process.ts'
import { runningScenes } from './running.ts'
import type { Scene } from './scene.ts'
import { troubleScenes } from './trouble.ts'

/** Every page of the studio. Paths may hold `{meeting}` and `{sketch}`: packages of `seedStudio`. */
export const studioScenes: readonly Scene[] = [
  ...listScenes,
  ...processScenes,
  ...expertScenes,
  ...fieldScenes,
  ...formScenes,
  ...decisionScenes,
  ...runningScenes,
  ...troubleScenes,
]
