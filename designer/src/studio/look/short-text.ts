import TextRenderer from 'bpmn-js/lib/draw/TextRenderer'

/** More signs than this nobody reads in a drawing; setting a hundred thousand in lines would stop the page. */
const MOST = 600

/** What is drawn of a text: its beginning, when it is endless. */
export function shortText<Text extends string | undefined>(text: Text): Text | string {
  if (text === undefined || text.length <= MOST) return text
  const begun = text.slice(0, MOST)
  // Half a sign is none.
  return `${/[\uD800-\uDBFF]$/.test(begun) ? begun.slice(0, -1) : begun}…`
}

/** Draws texts as bpmn-js does, endless ones cut. */
export class ShortTextRenderer extends TextRenderer {
  constructor(config: ConstructorParameters<typeof TextRenderer>[0]) {
    super(config)
    // The library gives each renderer functions of its own.
    const { createText, getDimensions, getExternalLabelBounds, getTextAnnotationBounds } = this
    this.createText = (text, options) => createText(shortText(text), options)
    this.getDimensions = (text, options) => getDimensions(shortText(text), options)
    this.getExternalLabelBounds = (bounds, text) => getExternalLabelBounds(bounds, shortText(text))
    this.getTextAnnotationBounds = (bounds, text) => getTextAnnotationBounds(bounds, shortText(text))
  }
}
