import type { EgressRule } from './egress.ts'

/** What connectors are told by the settings of the server. */
export interface ConnectorSettings {
  /** What may be called; nothing when empty. */
  readonly egress: readonly EgressRule[]
  /** JSON file of secrets; `secrets.json` beside the database when null. */
  readonly secretsFile: string | null
  /** Mail server, `smtp:` or `smtps:`; null sends no mail. */
  readonly smtpUrl: string | null
  readonly mailFrom: string | null
}
