import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../scripts/setup/build.js'
import { databaseIn } from './database'
import { removeScratch, runProduct } from './product'

declare module 'vitest' {
  interface ProvidedContext {
    /** a database with the demonstration in it, which nobody uses; `demoDatabase` copies it */
    demoUri: string
  }
}

/** Each project loads its own copy of this file, so what they share hangs on the process. */
declare global {
  var twinwardTestDemo: Promise<string> | undefined
}

/** The product loads its demonstration once, not again for every file that visits it. */
export default async function setup(project: TestProject) {
  const { mongoUri } = project.getProvidedContext()
  globalThis.twinwardTestDemo ??= load(mongoUri)
  project.provide('demoUri', await globalThis.twinwardTestDemo)
}

async function load(mongoUri: string): Promise<string> {
  const { uri } = databaseIn(mongoUri)
  const product = await runProduct(await ensureBuilt(), { MONGODB_URI: uri })
  await product.stop()
  await removeScratch()
  return uri
}
