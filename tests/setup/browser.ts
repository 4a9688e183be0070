import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../scripts/setup/build.js'
import { ensureChromium } from '../../scripts/setup/chromium.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** the production build; run `node <buildDir>/server.js` */
    buildDir: string
    chromiumPath: string
  }
}

/** End-to-end tests run in a real browser, on the production build of the present sources. */
export default async function setup(project: TestProject) {
  project.provide('chromiumPath', await ensureChromium())
  project.provide('buildDir', await ensureBuilt())
}
