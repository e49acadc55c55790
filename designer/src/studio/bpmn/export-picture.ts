import { saveFile } from '../../ui/save-file.ts'
import type { StudioModeler } from './services.ts'

const TOKEN = /var\((--[\w-]+)\)/g
/** A picture of more pixels than this is made smaller: browsers refuse to draw it. */
const MOST_PIXELS = 100_000_000
const MARGIN = 16

/** Our colour tokens as the colours they stand for: outside the page nobody knows them. */
export function withColours(svg: string, colourOf: (token: string) => string): string {
  return svg.replace(TOKEN, (whole, token: string) => colourOf(token) || whole)
}

const pageColour = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(token).trim()

/** The drawing as SVG that looks the same everywhere. */
export async function drawnSvg(modeler: StudioModeler): Promise<string> {
  const { svg } = await modeler.saveSVG()
  return withColours(svg, pageColour)
}

/** Saves the drawing as an SVG file. */
export async function saveSvg(modeler: StudioModeler, name: string): Promise<void> {
  saveFile(`${name}.svg`, new Blob([await drawnSvg(modeler)], { type: 'image/svg+xml' }))
}

/** Saves the drawing as a PNG file with two pixels for each of the drawing, on white. */
export async function savePng(modeler: StudioModeler, name: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([await drawnSvg(modeler)], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    saveFile(`${name}.png`, await painted(picture))
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function painted(picture: HTMLImageElement): Promise<Blob> {
  const width = picture.naturalWidth + 2 * MARGIN
  const height = picture.naturalHeight + 2 * MARGIN
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)))
  const sheet = document.createElement('canvas')
  sheet.width = Math.round(width * scale)
  sheet.height = Math.round(height * scale)
  const pen = sheet.getContext('2d')
  if (!pen) throw new Error('Expected a canvas to draw on')
  pen.scale(scale, scale)
  pen.fillStyle = pageColour('--paper-0')
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, MARGIN, MARGIN, picture.naturalWidth, picture.naturalHeight)
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Expected a picture'))), 'image/png')
  })
}
