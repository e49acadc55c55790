import type { Key, Problem } from '@bihuan/engine'

/** A resource of a deployment: name with extension, bytes. */
export interface Resource {
  readonly name: string
  readonly content: Uint8Array
}

/**
 * What a person who deploys looks after: paths of units whose packages he may publish, and the unit that a new one
 * belongs to. Null for systems and operators: they may publish every package, and a new one belongs to the root.
 */
export type DeploymentScope = { readonly unitId: string; readonly paths: readonly string[] } | null

export interface DeployedProcess {
  readonly key: Key
  readonly id: string
  readonly version: number
  readonly resource: string
}
export interface DeployedDecision {
  readonly key: Key
  readonly id: string
  readonly name: string
  readonly version: number
  readonly drgId: string
  readonly drgName?: string
  readonly drgKey: Key
  readonly resource: string
}
export interface DeployedForm {
  readonly key: Key
  readonly id: string
  readonly version: number
  readonly resource: string
}

export interface Deployment {
  readonly key: Key
  readonly processes: readonly DeployedProcess[]
  readonly decisions: readonly DeployedDecision[]
  readonly forms: readonly DeployedForm[]
  readonly warnings: readonly Problem[]
}
