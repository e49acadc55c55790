import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'

/** How far a page can be scrolled sideways, in pixels: 0 or less. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** Waits until nothing is being fetched, mounted or moved any more. */
export async function still(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('.loading') === null &&
      document
        .getAnimations()
        .every((each) => each.playState !== 'running' || each.effect?.getTiming().iterations === Infinity),
  )
}

/**
 * What axe finds against WCAG 2.1 A and AA: rule, and where.
 * @param within selects the part that is looked at; the whole page unless given
 */
export async function faultsOf(page: Page | Frame, within?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (part) =>
      (window as unknown as { axe: typeof axe }).axe.run(part ?? document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'],
        resultTypes: ['violations'],
      }),
    within,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.target.join(' ')} ${node.html.slice(0, 120)}`),
  )
}

/**
 * Words in another language than the page's, as people see them: an untranslated text, or the key of one.
 * @param typed selects what holds the user's own text, which may be in any language
 */
export async function foreignWords(page: Page | Frame, allowed: RegExp, typed = '.nobody-typed'): Promise<string[]> {
  const text = await page.evaluate((own) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    const SEEN = { visibilityProperty: true }
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent && !/^(SCRIPT|STYLE)$/i.test(parent.tagName) && !parent.closest(own) && parent.checkVisibility(SEEN))
        texts.push(node.nodeValue ?? '')
    }
    // The whole digest, or the rule as written, may stand in the title of what is told of it in words.
    for (const [name, selector] of [
      ['placeholder', '[placeholder]'],
      ['aria-label', '[aria-label]'],
      ['title', '[title]:not(code, small)'],
    ] as const)
      for (const field of document.querySelectorAll(selector))
        if (!field.closest(own) && field.checkVisibility(SEEN)) texts.push(field.getAttribute(name) ?? '')
    return texts.join('\n')
  }, typed)
  // Digests of the trail are eight hexadecimal digits at a time.
  const words = text.replaceAll(/\b[0-9a-f]{8}\b/g, '').match(/[A-Za-z][A-Za-z_.]+(?:-[A-Za-z_.]+)*/g) ?? []
  return [...new Set(words)].filter((word) => !allowed.test(word))
}

/** The corners of that mark, scrolled to, where something else lies on top of it, or it is not on the screen. */
export async function coveredCorners(page: Page, selector: string): Promise<string[]> {
  const mark = page.locator(selector).first()
  await mark.scrollIntoViewIfNeeded()
  return mark.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    if (right - left < 40 || bottom - top < 12) return [`${right - left} × ${bottom - top}`]
    const points = {
      'top left': [left + 2, top + 2],
      'top right': [right - 2, top + 2],
      middle: [(left + right) / 2, (top + bottom) / 2],
      'bottom left': [left + 2, bottom - 2],
      'bottom right': [right - 2, bottom - 2],
    } as const
    return Object.entries(points).flatMap(([name, [x, y]]) => {
      // A tip goes with the pointer that asked for it.
      const there = document
        .elementsFromPoint(x, y)
        .find((each) => !each.closest('[role=tooltip], .bio-properties-panel-tooltip-content'))
      return there && element.contains(there) ? [] : [`${name}: ${there?.className}`]
    })
  })
}
