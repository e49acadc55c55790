/** Sizes of names in a drawing: 13 inside, 12 beside; in the font of the page around it. */
export function textStyle(place: Element): object {
  const fontFamily = getComputedStyle(place).fontFamily
  return {
    defaultStyle: { fontFamily, fontSize: 13, lineHeight: 1.3 },
    externalStyle: { fontFamily, fontSize: 12, lineHeight: 1.3 },
  }
}
