import { defineConfig } from 'vitest/config'

const part = (name: string, more: object = {}) => ({
  test: {
    name,
    environment: 'node',
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
    projects: [
      part('engine'),
      part('runtime'),
      part('designer'),
      part('examples'),
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
