/** What stands still in one case. */
export interface Standing {
  readonly key: string
  readonly caseKey: string
  readonly caseNumber: string | null
  readonly unit: { readonly name: string }
  readonly elementId: string
  readonly elementInstanceKey: string
  readonly at: string
}
