import type { FieldError, Json, Variables } from '@bihuan/engine'
import type { StepForm } from './trial.ts'

/** What somebody gives beside the form of a step: values by name, elements chosen, a word. */
export interface Given {
  readonly variables: Variables
  readonly chosen: readonly string[]
  readonly note: string
}

/** One way to answer what waits for something outside. */
export interface Deed {
  readonly label: string
  /** What its word is about, such as why it failed; absent when it takes none. */
  readonly note?: string
  readonly run: (given: Given) => Promise<unknown>
}

/** Something somebody has to do now. */
export type Turn = { readonly id: string; readonly role: string; readonly name: string } & (
  | {
      readonly kind: 'form'
      readonly step: StepForm | null
      readonly submit: (answers: Record<string, Json>) => Promise<readonly FieldError[]>
    }
  | {
      readonly kind: 'outside'
      /** What it waits for, in one sentence. */
      readonly about: string
      /** Elements to choose from, where it is about those. */
      readonly choices: readonly { readonly id: string; readonly label: string }[]
      readonly deeds: readonly Deed[]
    }
)
