import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { claimBuild, ensureBuilt } from '../setup/build.js'
import { ensureInstalled } from '../setup/install.js'
import { endWithNpm } from '../setup/parent.js'

/**
 * Sets up what is missing and becomes the server. The server runs in this very process: one process
 * to signal, and none that lives on when the other is killed.
 */
export async function start() {
  process.env.NODE_ENV = 'production'
  endWithNpm()
  await ensureInstalled()
  const folder = await ensureBuilt()
  await claimBuild(folder)
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(join(folder, 'server.js')).href)
}
