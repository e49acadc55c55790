import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes minutes begins first: the other worker goes through the rest meanwhile. */
const longest = [
  'runtime/test/faults.test.ts',
  'runtime/src/cli/trail-commands.test.ts',
  'designer/test/studio.browser.test.ts',
  'designer/test/pages.browser.test.ts',
  'examples/test/studio.browser.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => longest.some((path) => moduleId.endsWith(path))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** What a test waits for comes when it comes: on a busy machine later than the second Vitest gives it. */
const patient = { poll: { timeout: 20_000 } }

const part = (name: string, more: object = {}) => ({
  test: {
    name,
    environment: 'node',
    expect: patient,
    include: [`${name}/{src,test}/**/*.test.{ts,tsx}`],
    exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...more,
  },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Their files share a process: most of their time would go into loading the same modules once a file.
      part('engine', { isolate: false }),
      part('runtime', { isolate: false }),
      part('designer', { isolate: false }),
      part('examples'),
      {
        test: {
          name: 'browser',
          environment: 'node',
          expect: patient,
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // After the others: two browsers leave no room for what computes.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
