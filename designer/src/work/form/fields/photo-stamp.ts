import { fitInside, LONGEST_SIDE } from '../photo.ts'

const QUALITY = 0.86

/** A picture taken this long ago, by the camera's machine, was taken now; an older one was chosen from an album. */
const JUST_NOW = 3 * 60_000

/** Whether a picture was taken just now. Camera pictures carry the time of their taking as the time of the file. */
export const isFresh = (lastModified: number, deviceNow: number): boolean =>
  Math.abs(deviceNow - lastModified) <= JUST_NOW

/** `2026-04-08 09:12` in Asia/Shanghai. */
export function stampTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/**
 * Draws lines of text into the lower edge of a picture, upright and downscaled to what is sent.
 *
 * @param name of the new file, without its end
 * @returns a JPEG, or null when the picture cannot be read
 */
export async function stampPhoto(file: File, lines: readonly string[], name: string): Promise<File | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return null
  const { width, height } = fitInside(picture.width, picture.height, LONGEST_SIDE)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  drawLines(pen, lines, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return blob && new File([blob], `${name}.jpg`, { type: 'image/jpeg' })
}

/** White text on a dark band, as large as it can be read on a phone and never wider than the picture. */
function drawLines(pen: CanvasRenderingContext2D, lines: readonly string[], width: number, height: number): void {
  const pad = Math.max(6, Math.round(width / 50))
  let size = Math.max(11, Math.round(width / 24))
  const font = () => {
    pen.font = `500 ${size}px ${getComputedStyle(document.body).fontFamily}`
  }
  font()
  const widest = Math.max(...lines.map((line) => pen.measureText(line).width))
  if (widest > width - pad * 2) size = Math.max(8, Math.floor((size * (width - pad * 2)) / widest))
  font()
  const step = Math.round(size * 1.45)
  const band = step * lines.length + pad
  pen.fillStyle = 'rgb(20 24 30 / 0.62)'
  pen.fillRect(0, height - band, width, band)
  pen.fillStyle = '#fff'
  pen.textBaseline = 'middle'
  for (const [index, line] of lines.entries())
    pen.fillText(line, pad, height - band + pad / 2 + step * index + step / 2)
}
