/** What a notice publishes: these fields and nothing else. */
export interface NoticeContent {
  readonly kind: string
  readonly title: string
  readonly number: string | null
  readonly text: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
  /** Ids of uploaded files that are public with the notice. */
  readonly files: readonly string[]
  readonly publishedAt: number
  readonly until: number | null
}
