import { withDrawing } from '../bpmn/with-drawing.ts'

/**
 * A BPMN file that can be shown: one without a drawing gets one, arranged from left to right; what it says stays as it
 * is. Gives back the file itself when it has a drawing, is no BPMN, is not written in UTF-8, or cannot be arranged.
 */
export async function drawnFile(file: File): Promise<File> {
  if (!/\.(bpmn|xml)$/i.test(file.name)) return file
  const text = utf8(await file.arrayBuffer())
  const drawn = text === null ? null : await withDrawing(text)
  return drawn === null ? file : new File([drawn], file.name, { type: file.type })
}

/** The text; null for bytes in another encoding, which would come out as signs that mean nothing. */
function utf8(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
