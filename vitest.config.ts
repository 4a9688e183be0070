import { defineConfig } from 'vitest/config'

/**
 * Files that need no browser share their worker's modules, which take longer to load than most
 * files take to run; what a file opens it closes (`tests/setup/closing.ts`).
 * Three on two cores, since many of them wait.
 */
const WORKERS = 3

/** End-to-end tests that kill processes and wait for what comes back: each has the machine to itself. */
const ALONE = ['cluster', 'kill', 'kill-mid-write', 'start-command', 'stop'].map(
  (name) => `tests/e2e/${name}.test.ts`,
)

/** The Remix plugin stays out: tests import the sources, and pages are tested on the real build. */
export default defineConfig({
  test: {
    setupFiles: ['tests/setup/each-file.ts'],
    // some facts settle a second after the last change
    expect: { poll: { timeout: 5_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          isolate: false,
          maxWorkers: WORKERS,
          // property tests on a busy machine
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/setup/mongo.ts'],
          isolate: false,
          maxWorkers: WORKERS,
          // for what hangs; on a busy machine many take a while
          testTimeout: 45_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // people mostly wait: two products and browsers side by side
          name: 'e2e',
          include: ['tests/e2e/**/*.test.{ts,tsx}'],
          exclude: ALONE,
          globalSetup: ['tests/setup/mongo.ts', 'tests/setup/browser.ts', 'tests/setup/demo.ts'],
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          globalSetup: ['tests/setup/mongo.ts', 'tests/setup/browser.ts', 'tests/setup/demo.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          // every run starts and kills processes of its own, and mostly waits for them
          maxWorkers: WORKERS,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['tests/bench/**/*.test.ts'],
          globalSetup: ['tests/setup/mongo.ts', 'tests/setup/browser.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
