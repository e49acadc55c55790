/** A fault or a remark by its code, with the facts of its sentence. */
export interface Finding {
  readonly code: string
  readonly [fact: string]: string | number
}

export interface Found {
  readonly holds: boolean
  readonly fault: Finding | null
  readonly notes: readonly Finding[]
}

export function verifyPackage(
  bytes: Uint8Array,
  options?: { readonly key?: string; readonly checkpoints?: readonly string[] },
): Promise<Found>
/** Lines for people: in Chinese (0) or English (1). */
export function say(found: Found, language: 0 | 1): string[]
export function readKept(content: string): string[]
export function fingerprintOf(given: string): Promise<string>
export function sm3(bytes: Uint8Array): string
/** Whether an SM2 signature (DER) is one of the text by a key (SubjectPublicKeyInfo). */
export function holdsSm2(publicKey: Uint8Array, body: string, signature: Uint8Array): boolean
