import { withDrawing } from '../bpmn/with-drawing.ts'

/**
 * A BPMN file that can be shown: one without a drawing gets one, arranged from left to right; what it says stays as it
 * is. Gives back the file itself when it has a drawing, is no BPMN, or cannot be arranged.
 */
export async function drawnFile(file: File): Promise<File> {
  if (!/\.(bpmn|xml)$/i.test(file.name)) return file
  const drawn = await withDrawing(await file.text())
  return drawn === null ? file : new File([drawn], file.name, { type: file.type })
}
