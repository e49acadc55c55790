/** The decoder every host of the engine has (browsers, Node.js): part of no ECMAScript library, hence named here. */
interface Utf8Decoder {
  decode(bytes: Uint8Array): string
}
const { TextDecoder } = globalThis as unknown as {
  readonly TextDecoder: new (label: 'utf-8', options: { readonly fatal: true }) => Utf8Decoder
}

/** UTF-8 text without its byte order mark; null for bytes that are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Bytes of a text as UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
