import type { Frame, Page } from 'playwright-core'
import { coveredCorners, faultsOf, foreignWords, sideways, still } from './judge-page.ts'
import type { Mark, Scene } from './studio-scenes/scene.ts'
import type { Seeded } from './studio-seed.ts'

const MARKS: Readonly<Record<Mark, string>> = {
  diagram: '.bjs-powered-by',
  form: '.fjs-powered-by a',
  decision: '.dmn-js-parent .bjs-powered-by',
}

/** Latin words of a Chinese studio: names of formats, of keys, the mark, and what the user typed. */
const ALLOWED = /^(BPMN|DMN|FEEL|XML|PDF|ID|SVG|PNG|iO|BPMN\.iO|Ctrl|Shift|Alt|Enter|Esc|Tab|Delete|English|SY|HY)$/

/** What users wrote: expressions; and the mark, which stays as it is. */
const OWN = '.cm-content, [contenteditable], code, .test-value, .bjs-powered-by, .fjs-powered-by'

/** Ids, keys and file names: what a page of a package is about, in that package's own spelling. */
const NAMES = /^[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$|\.(bpmn|dmn|form|yaml|zip|jpg)$/

/**
 * Everything that is wrong with the studio's page as it stands: empty when nothing is.
 * @param within the part that is new since the page was looked at whole: accessibility is judged there
 */
export async function lookAt(page: Page, mark?: Mark, within?: string): Promise<string[]> {
  // What shows under a pointer that rests is not of the page.
  await page.mouse.move(0, 0)
  await still(page)
  const aside = await sideways(page)
  const faults: string[] = []
  const words: string[] = []
  // A form as on a phone stands in a frame of its own.
  for (const frame of page.frames()) {
    faults.push(...(await faultsOf(frame, frame === page.mainFrame() ? within : undefined)))
    words.push(...(await foreignWords(frame, ALLOWED, OWN)))
    faults.push(...(await formsAside(frame)))
  }
  const covered = mark ? await coveredCorners(page, MARKS[mark]) : []
  return [
    ...faults,
    ...words.filter((word) => !NAMES.test(word)).map((word) => `foreign word: ${word}`),
    ...(aside > 0 ? [`scrolls ${aside} sideways`] : []),
    ...covered.map((where) => `mark covered: ${where}`),
  ]
}

/** Forms whose own part of the page scrolls sideways. */
const formsAside = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() =>
    [...document.querySelectorAll('.preview-form, .trial-form-body')]
      .filter((form) => form.scrollWidth > form.clientWidth)
      .map((form) => `${form.className} scrolls ${form.scrollWidth - form.clientWidth} sideways`),
  )

/** Opens the page of a scene and waits until it stands. */
export async function openScene(page: Page, address: string, scene: Scene, ids: Seeded): Promise<void> {
  await page.goto(address + scene.path.replace(/\{(\w+)\}/g, (_, name: keyof Seeded) => ids[name]))
  await still(page)
}
